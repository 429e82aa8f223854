extension Evidence {
  /// What the answer to a write request says of the path. A receiver that refuses samples for their own sake has read them: the path works.
  package static func answered(status: Int, acceptedSampleCount: UInt64) -> Evidence {
    switch AnswerClass(status: status) {
    case .accepted: .acknowledged(sampleCount: acceptedSampleCount)
    case .refused, .tooLarge, .unsupported: .acknowledged(sampleCount: 0)
    case .internalError, .unavailable: .sendFailed(.serverError)
    case .overloaded: .sendFailed(status == 429 ? .throttled : .serverError)
    case .misdirected: .sendFailed(.refused)
    }
  }
}
