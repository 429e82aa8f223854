import Model

/// Why a command ends early.
enum Stop: Error {
  case diagnostics([Diagnostic])
  case outputClosed(OutputClosed)

  init(_ diagnostic: Diagnostic) { self = .diagnostics([diagnostic]) }
}
