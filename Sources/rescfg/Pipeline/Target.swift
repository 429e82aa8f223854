import Model
import Output

/// One environment's rendering and the directory it is for.
struct Target {
  let rendering: Rendering
  let directory: String
  let groups: Set<ArtifactGroup>
  var prunes = true
  var forces = false

  /// What writing would change. A directory that doesn't exist is an empty one.
  func plan() throws(Stop) -> WritePlan {
    try failing { () throws(OutputFailure) in
      let tree: Disk?
      do throws(FileError) { tree = try Disk.existing(directory) } catch { throw .file(error) }
      guard let tree else { return rendering.plan(Survey(), groups, prunes: prunes) }
      return try plan(in: tree)
    }
  }

  /// Brings the directory to what is rendered; what was changed.
  func write() throws(Stop) -> WritePlan {
    try failing { () throws(OutputFailure) in
      let tree: Disk
      do throws(FileError) { tree = try Disk.forWriting(directory) } catch { throw .file(error) }
      do throws(OutputFailure) {
        let plan = try plan(in: tree)
        try Output.write(plan, to: tree, force: forces)
        return plan
      } catch {
        tree.abandon()
        throw error
      }
    }
  }

  /// What stands in the way of writing, as messages.
  func obstacles(of plan: WritePlan) -> [Diagnostic] {
    plan.conflicts.filter { !forces || !$0.yieldsToForce }.map { .conflict($0, in: directory) }
  }

  private func plan(in tree: Disk) throws(OutputFailure) -> WritePlan {
    let survey = try Survey(of: tree, wanted: rendering.files, replacingManifest: forces)
    return rendering.plan(survey, groups, prunes: prunes)
  }

  private func failing<Result>(_ body: () throws(OutputFailure) -> Result) throws(Stop) -> Result {
    do throws(OutputFailure) { return try body() } catch {
      throw .diagnostics(Diagnostic.outputFailure(error, in: directory))
    }
  }
}
