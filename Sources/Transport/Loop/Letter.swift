/// What the network thread is asked to do, by any thread.
enum Letter: Sendable {
  case start(Submission)
  case cancel(UInt64)
  case stop
}
