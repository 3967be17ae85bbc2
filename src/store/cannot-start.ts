/**
 * The database cannot be opened for a reason that lies outside the program. The message is one line that
 * says what is wrong and what to do; an entry point prints it, without a stack, and exits with 1.
 */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
