import Agent

/// Something that a comparison with the centre asked for, on its way to be done or answered.
struct Errand {
  enum Step {
    case survey(SurveyOrder)
    case read(ReadOrder)
    /// On its way to the centre.
    case question(number: UInt64, form: [UInt8])
    case answer(number: UInt64, QuestionResult)
  }

  let node: Int
  /// Which start of the node asked.
  let generation: Int
  let destination: Int
  var step: Step
}
