import Artifacts
import Loading
import Model
import Output

/// The model file of a command: its bytes, kept to quote its lines in messages, and what was read from them.
struct ModelSource {
  /// How messages call the file.
  let name: String
  let bytes: [UInt8]
  private let model: LoadedModel

  init(name: String, bytes: [UInt8]) throws(Stop) {
    self.name = name
    self.bytes = bytes
    do throws(Diagnostics) { model = try load(bytes, file: name) } catch { throw .diagnostics(error.all) }
  }

  /// What the model declares, in the order of the file.
  var declaredEnvironments: [String] { model.environments }

  /// - Parameter path: `-` is standard input.
  static func bytes(_ path: String) throws(Stop) -> (name: String, bytes: [UInt8]) {
    let name = path == "-" ? "<stdin>" : path
    do throws(FileError) {
      return (name, try readFile(path == "-" ? "/dev/stdin" : path, limit: maximumModelSize + 1))
    } catch {
      throw Stop(.unreadableModel(error, named: name))
    }
  }

  func configuration(_ environment: String) throws(Stop) -> Configuration {
    do throws(Diagnostics) {
      return try model.configuration(for: environment)
    } catch { throw .diagnostics(error.all) }
  }

  /// The model of an environment though its settings may contradict each other, and the errors that say so.
  func reading(_ environment: String) throws(Stop) -> (configuration: Configuration, contradictions: [Diagnostic]) {
    let (configuration, findings) = model.reading(environment)
    guard let configuration else { throw .diagnostics(findings) }
    return (configuration, findings.filter { $0.severity == .error })
  }

  /// The environments that `requested` stands for: `all` is each that the model declares.
  func environments(_ requested: String?) throws(Stop) -> [String] {
    switch requested {
    case "all" where model.environments.isEmpty: throw Stop(.noEnvironments(name))
    case "all": model.environments
    case let environment?: [environment]
    case nil: throw Stop(.environmentMissing(declaredEnvironments))
    }
  }

  /// All that there is to say about the model in these environments, each thing once, in the order of the file.
  func examine(_ environments: [String]) -> Examination {
    var seen: Set<Diagnostic> = []
    var findings: [Diagnostic] = []
    var isUsable = true
    let isReadable = environments.allSatisfy(model.has) && model.problems.allSatisfy { $0.severity != .error }
    for environment in environments {
      let (configuration, found) = model.examine(environment)
      if configuration == nil { isUsable = false }
      for finding in found where seen.insert(finding).inserted { findings.append(finding) }
    }
    return Examination(findings: findings.sortedByLocation(), isReadable: isReadable, isUsable: isUsable)
  }

  struct Examination {
    let findings: [Diagnostic]
    /// Whether every setting has a value that can be used, so that what is left to find are values that don't fit.
    let isReadable: Bool
    /// Whether every environment can be rendered.
    let isUsable: Bool
  }
}
