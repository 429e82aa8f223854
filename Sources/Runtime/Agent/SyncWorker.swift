import Agent
import Spool
import Threads

/// What a comparison with the centre wants to know of the spool.
enum SyncOrder: Sendable {
  case survey(destination: Int, SurveyOrder)
  case read(destination: Int, ReadOrder)
  case stop
}

/// The thread that looks through the spool, so that the engine doesn't wait for a disk full of segments.
///
/// It opens the directory for itself and only reads, as `rescfg queue` does beside an agent at work.
final class SyncWorker {
  private let orders = Mailbox<SyncOrder>()
  private let thread: Thread

  /// - Parameter directory: the queue's.
  init(directory: String, engine: Mailbox<EngineMessage>) {
    thread = Thread("looking through the queue") { [orders] in
      // Opened with the first order, when the spool has made it for certain.
      var surveyor: SpoolSurveyor?
      while true {
        for order in orders.take(timeoutMilliseconds: nil) {
          if surveyor == nil {
            do throws(FileError) { surveyor = SpoolSurveyor(try LocalFileSystem(existing: directory)) } catch {
              surveyor = nil
            }
          }
          switch order {
          case .stop: return
          case .survey(let destination, let order):
            engine.post(.surveyed(destination: destination, surveyor?.survey(order) ?? Survey(failure: Self.missing)))
          case .read(let destination, let order):
            engine.post(.read(destination: destination, surveyor?.read(order) ?? ReplayBatch(failure: Self.missing)))
          }
        }
      }
    }
  }

  private static let missing = "the queue's directory can't be opened"

  func post(_ order: SyncOrder) { orders.post(order) }

  /// Not waited for: it only reads, and may have a disk full of segments before it.
  func stop() { orders.post(.stop) }
}
