/// How a command ended, as diff(1) says it. Thrown to end a command whose messages are already printed.
enum ExitStatus: Int32, Error {
  case fine = 0
  /// `check` found something, or files differ.
  case findings = 1
  /// Wrong usage, a model that can't be rendered, or a file that can't be read or written.
  case failure = 2
  /// Whoever read standard output went away; what a shell reports of a program that SIGPIPE ended.
  case brokenPipe = 141
}
