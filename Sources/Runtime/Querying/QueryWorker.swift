import Agent
import Serving
import Spool
import Synchronization
import Threads

/// The thread that answers queries from the queue's files. Neither the engine nor the server waits for it.
final class QueryWorker: Sendable {
  private enum Order: Sendable {
    case answer(QueryRequest, Responder)
    case stop
  }

  /// Queries that wait for their turn; one more is turned away.
  private static let waitingMax = 8
  private static let timeoutMilliseconds: Int64 = 20_000

  private let orders: Mailbox<Order>
  private let waiting: WaitingCount
  private let thread: Mutex<Thread?>

  private final class WaitingCount: Sendable {
    let value = Atomic(0)
    let isStopping = Atomic(false)
  }

  /// - Parameter directory: the queue's.
  init(directory: String) {
    let orders = Mailbox<Order>()
    let waiting = WaitingCount()
    self.orders = orders
    self.waiting = waiting
    thread = Mutex(
      Thread("queries") {
        while true {
          for order in orders.take(timeoutMilliseconds: nil) {
            guard case .answer(let request, let responder) = order else { return }
            responder.reply(Self.answer(request, directory, waiting))
            waiting.value.subtract(1, ordering: .relaxed)
          }
        }
      }
    )
  }

  func post(_ request: ServerRequest, _ target: QueryRequest.Target, _ responder: Responder) {
    guard waiting.value.add(1, ordering: .relaxed).oldValue < Self.waitingMax else {
      waiting.value.subtract(1, ordering: .relaxed)
      return responder.reply(Self.failed(QueryFailure(.unavailable, "too many queries at once")))
    }
    let isForm = request.header("content-type")?.hasPrefix("application/x-www-form-urlencoded") == true
    let body = isForm ? [String(decoding: request.body, as: UTF8.self)] : []
    orders.post(.answer(QueryRequest(target, forms: [request.query] + body), responder))
  }

  func stop() {
    waiting.isStopping.store(true, ordering: .relaxed)
    orders.post(.stop)
    thread.withLock { $0.take() }?.join()
  }

  private static func answer(_ request: QueryRequest, _ directory: String, _ waiting: WaitingCount) -> ServerAnswer {
    let start = MachineClock.read()
    let limits = QueryLimits()
    let files: LocalFileSystem
    do throws(FileError) { files = try LocalFileSystem(existing: directory) } catch {
      return failed(QueryFailure(.internal, "the queue can't be read"))
    }
    var query = SpoolQuery(files, limits) {
      waiting.isStopping.load(ordering: .relaxed)
        || MachineClock.read().monotonic - start.monotonic > timeoutMilliseconds
    }
    do throws(QueryFailure) {
      let text = try request.answer(&query, limits, now: start.wall)
      return json(200, text)
    } catch {
      return failed(error)
    }
  }

  private static func failed(_ failure: QueryFailure) -> ServerAnswer {
    json(failure.status, QueryAnswer.failure(failure))
  }

  private static func json(_ status: Int, _ text: String) -> ServerAnswer {
    ServerAnswer(status, headers: [(name: "content-type", value: "application/json")], body: Array(text.utf8))
  }
}
