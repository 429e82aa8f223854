import ArgumentParser
import Model
import Spool

struct QueueRepairCommand: QueueSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Write back what parity gives back, so that the next damage finds the queue whole.",
    discussion: QueueHelp.repair
  )

  @OptionGroup var options: QueueOptions

  @Flag(help: "Do it. Without this flag, only say what would be done. [RESCFG_WRITE]")
  var write = false

  @Flag(help: "Keep no copy of a damaged segment as NAME.damaged. [RESCFG_DISCARD_DAMAGED]")
  var discardDamaged = false

  func perform() throws(Stop) -> ExitStatus {
    let isWriting = try Variables.isOn(write, or: "RESCFG_WRITE")
    let isDiscarding = try Variables.isOn(discardDamaged, or: "RESCFG_DISCARD_DAMAGED")
    let directory = try options.directory()
    var actions: [SpoolRepair.Action] = []
    var failure: SpoolRepair.Failure?
    do throws(SpoolRepair.Failure) {
      let repair = try SpoolRepair(directory, isWriting: isWriting)
      try repair.run(keepingDamaged: !isDiscarding) { actions.append($0) }
    } catch { failure = error }
    try emit(actions.map { Self.text($0, isDone: isWriting) }.joined())
    if let failure { throw Stop(diagnostic(failure, directory)) }
    if actions.isEmpty {
      StandardStream.error.tell("\(options.dir): nothing to repair\n")
      return .fine
    }
    if !isWriting { StandardStream.error.tell("\(options.dir): nothing was written; add --write to do it\n") }
    return isWriting ? .fine : .findings
  }

  private func diagnostic(_ failure: SpoolRepair.Failure, _ directory: LocalFileSystem) -> Diagnostic {
    switch failure {
    case .file(let error): .queueUnwritable(error, options.dir)
    case .locked: .queueLocked(options.dir, holder: directory.lockHolder(queueLockName))
    case .newerFormat(let file, let version): .queueOfLaterVersion(options.dir, file, version)
    case .unproven(let file): .unprovenRepair(options.dir, file)
    }
  }

  private static func text(_ action: SpoolRepair.Action, isDone: Bool) -> String {
    switch action {
    case .mend(let file, let byteCount, let kept):
      let copy = kept.map { isDone ? ", as it was: \($0)" : ", keeps it as \($0)" } ?? ""
      return "\(file): \(isDone ? "mended" : "would mend") \(byteCount) bytes\(copy)\n"
    case .rewriteCursor(let file): return "\(file): \(isDone ? "wrote" : "would write") its damaged slot anew\n"
    }
  }
}
