import Model
import Output

/// Writes environments to directories, or with `--check` says what that would change.
///
/// One environment is rendered, written and forgotten before the next, so that memory doesn't grow with their number.
/// Where several are asked for, all directories are looked at before the first is written: a file in the way of one
/// leaves all as they are.
struct DirectoryRender {
  let request: RenderRequest
  let source: ModelSource
  let pattern: DirectoryPattern

  func run(_ environments: [String]) throws(Stop) -> ExitStatus {
    request.isCheck ? try check(environments) : try write(environments)
  }

  private func write(_ environments: [String]) throws(Stop) -> ExitStatus {
    var progress = ProgressLine(total: environments.count, isQuiet: request.isQuiet)
    defer { progress.end() }
    let pending = environments.count == 1 ? environments : try unfinished(environments, &progress)
    var summary = Summary(environments, pattern)
    for environment in pending {
      summary.add(try target(environment).write())
      progress.advance()
    }
    progress.end()
    if !request.isQuiet { StandardStream.error.tell(summary.text) }
    return .fine
  }

  private func target(_ environment: String) throws(Stop) -> Target {
    let configuration = try source.configuration(environment)
    return Target(
      rendering: Rendering(configuration, request.groups),
      directory: pattern.path(for: environment),
      groups: request.groups,
      prunes: request.prunes,
      forces: request.forces
    )
  }

  /// The environments whose directories need writing. Throws everything that stands in the way of any.
  private func unfinished(_ environments: [String], _ progress: inout ProgressLine) throws(Stop) -> [String] {
    var unfinished: [String] = []
    var problems: [Diagnostic] = []
    for environment in environments {
      if !directoryExists(pattern.path(for: environment)) {
        unfinished.append(environment)
        continue
      }
      let target = try target(environment)
      do throws(Stop) {
        let plan = try target.plan()
        problems += target.obstacles(of: plan)
        if plan.isEmpty { progress.advance() } else { unfinished.append(environment) }
      } catch {
        guard case .diagnostics(let diagnostics) = error else { throw error }
        problems += diagnostics
      }
    }
    if !problems.isEmpty { throw .diagnostics(problems) }
    return unfinished
  }

  private func check(_ environments: [String]) throws(Stop) -> ExitStatus {
    var different: [String] = []
    for environment in environments {
      let plan = try target(environment).plan()
      if plan.isEmpty { continue }
      different.append(environment)
      try emit(DifferenceListing(plan, in: pattern.path(for: environment)).text)
    }
    if different.isEmpty { return .fine }
    if !request.isQuiet { StandardStream.error.tell(Summary.different(different, pattern)) }
    return .findings
  }
}
