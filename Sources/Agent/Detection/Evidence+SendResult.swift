extension Evidence {
  /// What the end of a write request says of the path. A receiver that refuses samples for their own sake has read them: the path works.
  /// - Parameter settledSampleCount: delivered by the request, or given up with a reason.
  public init(_ result: SendResult, settledSampleCount: UInt64) {
    if settledSampleCount > 0 {
      self = .acknowledged(sampleCount: settledSampleCount)
      return
    }
    switch result {
    case .answered(let status, _, _):
      switch AnswerClass(status: status) {
      case .accepted, .refused, .tooLarge, .unsupported: self = .acknowledged(sampleCount: 0)
      case .internalError, .unavailable: self = .sendFailed(.serverError)
      case .overloaded: self = .sendFailed(status == 429 ? .throttled : .serverError)
      case .misdirected: self = .sendFailed(.refused)
      }
    case .failed(let failure):
      switch failure.kind {
      case .timeout: self = .sendFailed(.timeout)
      case .tls: self = .sendFailed(.tls)
      case .resolve, .connect, .other: self = .sendFailed(.connection)
      }
    }
  }
}
