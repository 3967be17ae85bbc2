/**
 * Inside the product a WhatsApp address is the phone (`+250…`) or the business-scoped id (`RW.…`), exactly as
 * received but without the `whatsapp:` that Twilio puts before both.
 */
export function addressOf(name: string): string {
  return name.replace(/^whatsapp:/, '');
}

/** An address as Twilio wants it in `To`. */
export function recipientOf(address: string): string {
  return `whatsapp:${addressOf(address)}`;
}
