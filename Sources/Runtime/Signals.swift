import Glibc
import Threads

/// What the machine's operator asks for by a signal.
public enum ProcessSignal: Sendable {
  /// SIGTERM or SIGINT: stop.
  case stop
  /// SIGHUP: read the model again.
  case reload
}

/// Turns signals into messages. To be called before any other thread starts, so that all inherit the mask.
public func receiveSignals(_ receiver: @escaping @Sendable (ProcessSignal) -> Void) {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&signals, signal) }
  unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  // A peer that closes a connection is told by the call that failed.
  signal(SIGPIPE, SIG_IGN)
  _ = Thread("signals") {
    var waited = sigset_t()
    unsafe sigemptyset(&waited)
    for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&waited, signal) }
    var signal: Int32 = 0
    while unsafe sigwait(&waited, &signal) == 0 { receiver(signal == SIGHUP ? .reload : .stop) }
  }
}
