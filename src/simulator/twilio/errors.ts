/** Twilio's words for the codes that the stand-in gives. */
const words: Readonly<Record<number, string>> = {
  20001: 'Bad request',
  20003: 'Authenticate',
  20404: 'The requested resource was not found',
  20422: 'Invalid Parameter',
  20429: 'Too Many Requests',
  20500: 'Internal Server Error',
  21211: "Invalid 'To' Phone Number",
  21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.",
  21609: 'The StatusCallback URL is not a valid URL.',
  21617: 'The concatenated message body exceeds the 1600 character limit.',
  21619: 'A text message body or media urls must be specified.',
  21655: 'The ContentSid is Invalid',
  21656: 'The Content Variables Parameter is invalid.',
  63005:
    'Channel did not accept given content. Please see Channel specific error message for more information.',
  63007: 'Twilio could not find a Channel with the specified From address',
  63013:
    "This message send failed because it violates Channel provider's policy. Please see Channel specific error message for more information.",
  63016:
    'Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.',
  63021: 'Channel invalid content error',
  63024: 'Invalid message recipient',
  63028: 'Number of parameters provided does not match the expected number of params',
  63031: "Channels message cannot have same 'From' and 'To'",
};

export const twilioWords = (code: number) => words[code] ?? 'Unknown error';

/** An error body as the REST API answers it. */
export function twilioError(status: number, code: number, detail?: string): Response {
  return Response.json(
    {
      code,
      message: detail ?? twilioWords(code),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    },
    { status },
  );
}
