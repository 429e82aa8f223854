import Agent
import Serving
import Transport

/// What reaches the engine from other threads.
enum EngineMessage: Sendable {
  case request(ServerRequest, Responder)
  case sent(destination: Int, id: UInt64, Result<HTTPAnswer, TransportFailure>)
  case pathProbed(destination: Int, succeeded: Bool)
  case fetched(id: UInt64, Result<HTTPAnswer, TransportFailure>)
  case discovered(DiscoveryPlace, DiscoveryEvent)
  case healthChecked(number: UInt64, Result<HTTPAnswer, TransportFailure>)
  case keysFetched(region: String, Result<HTTPAnswer, TransportFailure>)
  case alertsPosted(lane: Int, Result<HTTPAnswer, TransportFailure>)
  case surveyed(destination: Int, Survey)
  case read(destination: Int, ReplayBatch)
  case asked(destination: Int, number: UInt64, QuestionResult)
  case replayed(destination: Int, id: UInt64, Result<HTTPAnswer, TransportFailure>)
  case signal(ProcessSignal)
}
