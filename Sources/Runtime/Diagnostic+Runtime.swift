import Glibc
import Model
import Serving
import Spool
import Transport

/// What keeps a program from starting, or its model from being taken.
extension Diagnostic {
  static func spool(_ error: SpoolError, directory: String, holder: String?) -> Diagnostic {
    switch error {
    case .locked:
      Diagnostic(
        .error,
        "queue-in-use",
        "another agent\(holder.map { ", process \($0)," } ?? "") works on the queue in \(directory)",
        help: "stop it, or give each agent a directory of its own with --data"
      )
    case .newerFormat(let file, let version):
      Diagnostic(
        .error,
        "newer-queue",
        "\(directory)/\(file) was written by a later release (format \(version)); nothing was touched",
        help: "run that release, or name another directory with --data"
      )
    case .unreadable(let error):
      directoryFailed(error, directory: directory)
    case .invalidDestinationName, .itemTooLarge, .full, .degraded:
      Diagnostic(.error, "queue", "the queue in \(directory) can't be opened: \(error)")
    }
  }

  static func agentsUnknown(_ name: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .error,
      "agents-unknown",
      "the agents' service \(name) can't be looked up: \(reason)",
      help: "run this in the cluster, or name the agents with --agents host:port,..."
    )
  }

  static func directoryFailed(_ error: FileError, directory: String) -> Diagnostic {
    let help =
      switch error.code {
      case ENOENT: "make its parent directory first, or name another one with --data"
      case EACCES, EPERM, EROFS: "make it writable for this user, or name another one with --data"
      default: "see to the disk, or name another directory with --data"
      }
    return Diagnostic(
      .error,
      "queue-directory",
      "the queue's directory \(directory) can't be used: \(systemMessage(error.code))",
      help: help
    )
  }

  static func listening(_ error: ServingError) -> Diagnostic {
    Diagnostic(.error, "listen", "\(error)", help: "name another address with --listen or --receive")
  }

  static func transport(_ failure: TransportFailure) -> Diagnostic {
    Diagnostic(.error, "transport", failure.message)
  }

  static func durableSettingChanged(_ path: String) -> Diagnostic {
    Diagnostic(.warning, "restart-needed", "a change of \(path) takes effect at the next start")
  }
}

func systemMessage(_ code: Int32) -> String {
  unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}
