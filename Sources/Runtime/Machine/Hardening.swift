import CProcess
import Glibc

/// What a process gives up before it does anything else, so that a fault in it is worth less to somebody else.
enum Hardening: String, CaseIterable {
  /// No program that is started from here gets more rights than this one, by setuid or file capabilities (`PR_SET_NO_NEW_PRIVS`, prctl(2)).
  case noNewPrivileges
  /// Tokens and keys in memory never get into a core file (`RLIMIT_CORE` 0, getrlimit(2)).
  case noCoreFile
  /// Whatever is created, by whichever module, is for this user alone (umask 077).
  case privateFiles

  /// Gives everything up; returns what the system didn't let go of.
  static func apply() -> [Hardening] { allCases.filter { !$0.apply() } }

  private func apply() -> Bool {
    switch self {
    case .noNewPrivileges: return forbid_new_privileges() == 0
    case .noCoreFile:
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      return unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0
    case .privateFiles:
      umask(0o077)
      return true
    }
  }
}
