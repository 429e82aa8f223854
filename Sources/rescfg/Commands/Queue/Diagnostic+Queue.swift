import Agent
import Model
import Spool

/// What is wrong with a queue's directory, or with what is asked of it.
extension Diagnostic {
  static func queueUnreadable(_ error: FileError, _ directory: String) -> Diagnostic {
    let place = error.name == directory ? directory : "\(directory)/\(error.name)"
    return Diagnostic(
      .error,
      "file",
      "\(place) can't be read: \(error.reason)",
      help: error.isMissing
        ? "name the directory that 'rescfg run agent' keeps its queue in, such as /var/lib/rescfg" : nil
    )
  }

  static func queueUnwritable(_ error: FileError, _ directory: String) -> Diagnostic {
    Diagnostic(
      .error,
      "file",
      "\(directory)/\(error.name.shown): \(error.call.rawValue) failed: \(error.reason)",
      help: "nothing was taken away: the segments are as they were, or mended"
    )
  }

  static func queueLocked(_ directory: String, holder: Int?) -> Diagnostic {
    let who = holder.map { $0 > 0 ? "process \($0)" : "a process of another container" } ?? "another process"
    return Diagnostic(
      .error,
      "locked",
      "\(directory) is in use by \(who)",
      help: "stop the agent, repair, and start it again; 'verify' needs no stop"
    )
  }

  static func queueOfLaterVersion(_ directory: String, _ file: String, _ version: UInt16) -> Diagnostic {
    Diagnostic(
      .error,
      "newer-format",
      "\(directory)/\(file) was written by a later version, for readers of format \(version) on",
      help: "use the rescfg that wrote it; nothing was touched"
    )
  }

  static func unprovenRepair(_ directory: String, _ file: String) -> Diagnostic {
    Diagnostic(
      .error,
      "unproven",
      "\(directory)/\(file) reads worse when it is written anew, so it was left as it is",
      help: "check the disk; the copy is \(file).repair"
    )
  }

  static func noSuchDestination(_ name: String, _ known: [String], _ directory: String) -> Diagnostic {
    Diagnostic(
      .error,
      "destination",
      "\(directory) has no destination '\(name.shown)'",
      help: known.isEmpty ? "it has none: no cursor was ever stored" : "it has \(list(known))"
    )
  }

  static func badTime(_ text: String, _ flag: String) -> Diagnostic {
    Diagnostic(
      .error,
      "time",
      "\(flag) can't be '\(text.shown)'",
      help: "write a time such as 2026-05-01T12:00:00Z, or seconds since 1970"
    )
  }

  static func emptyTimeRange(_ flag: String) -> Diagnostic {
    Diagnostic(.error, "time", "--from is later than \(flag)", help: "give the earlier time first")
  }

  static func badSelector(_ text: String, _ failure: SelectionFailure) -> Diagnostic {
    let (message, column) =
      switch failure {
      case .malformed(let what, let column): (what, column)
      case .tooLong(let byteCountMax): ("it is longer than \(byteCountMax) bytes", 1)
      case .selectsEverything: ("this selects everything: name a metric or a label, or leave the flag out", 1)
      }
    return Diagnostic(
      .error,
      "selector",
      "'\(text.shown)' isn't a selector: \(message)",
      at: Location(file: "--match", line: 1, column: column),
      help: "write it like up{job=\"node\",mode!=\"idle\"}"
    )
  }

  static func badURL(_ text: String) -> Diagnostic {
    Diagnostic(
      .error,
      "url",
      "--to can't be '\(text.shown)'",
      help: "write the whole address, such as http://127.0.0.1:9090/api/v1/write"
    )
  }

  static func badNumber(_ flag: String, _ text: String, _ help: String) -> Diagnostic {
    Diagnostic(.error, "number", "\(flag) can't be '\(text.shown)'", help: help)
  }

  static func unreadableToken(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.error, "file", "\(path) can't be read: \(reason)", help: "it holds the token and nothing else")
  }
}
