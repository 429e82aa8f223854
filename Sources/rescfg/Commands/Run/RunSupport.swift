import Glibc
import Model

extension ModelSource {
  /// The environment asked for, or the only one there is to ask for.
  func runEnvironment(_ requested: String?) throws(Stop) -> String {
    if let requested { return requested }
    switch declaredEnvironments.count {
    case 0: return "default"
    case 1: return declaredEnvironments[0]
    default: throw Stop(.environmentMissing(declaredEnvironments))
    }
  }
}

/// Reads the model again, as the start did.
func modelReload(_ file: String, _ environment: String) -> @Sendable () -> Result<Configuration, Diagnostics> {
  {
    do throws(Stop) {
      let (name, bytes) = try ModelSource.bytes(file)
      return .success(try ModelSource(name: name, bytes: bytes).configuration(environment))
    } catch {
      guard case .diagnostics(let all) = error else { preconditionFailure("BUG: reading a model wrote something") }
      return .failure(Diagnostics(all))
    }
  }
}

/// This machine's name, where no environment variable says it.
func hostName() -> String {
  var name = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&name, name.count - 1) == 0 else { return "localhost" }
  return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
