import CYAML
import Model

/// The events libyaml sees in a text, one after the other. The only user of CYAML.
///
/// - Source: libyaml 0.2, `yaml_parser_parse`. Marks count from 0 there, in Unicode scalars, and from 1 here.
@safe struct EventStream: ~Copyable {
  struct Event {
    enum Kind {
      case streamStart, streamEnd, documentStart, documentEnd, sequenceStart, sequenceEnd, mappingStart, mappingEnd
      case alias
      case scalar(String, isPlain: Bool)
    }

    var kind: Kind
    var line: Int
    var column: Int
    var hasAnchor = false
    var hasTag = false
  }

  /// Why libyaml gave up, in its own words.
  struct Failure: Error {
    var problem: String
    var line: Int
    var column: Int
    /// What libyaml was in the middle of, and where that began.
    var context: String
    var contextLine: Int
    var contextColumn: Int
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// - Parameter bytes: UTF-8 without a byte order mark.
  init(_ bytes: ArraySlice<UInt8>) {
    unsafe input = .allocate(capacity: bytes.count)
    _ = unsafe input.initialize(fromContentsOf: bytes)
    unsafe parser = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else { fatalError("out of memory") }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  mutating func next() throws(Failure) -> Event {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { unsafe yaml_event_delete(&event) }
    var result = Event(
      kind: .streamEnd,
      line: unsafe Int(event.start_mark.line) + 1,
      column: unsafe Int(event.start_mark.column) + 1
    )
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: result.kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
    case YAML_ALIAS_EVENT: result.kind = .alias
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length)),
        as: UTF8.self
      )
      result.kind = unsafe .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      unsafe (result.hasAnchor, result.hasTag) = (scalar.anchor != nil, scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      result.kind = .sequenceStart
      unsafe (result.hasAnchor, result.hasTag) = (
        event.data.sequence_start.anchor != nil, event.data.sequence_start.tag != nil
      )
    case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      result.kind = .mappingStart
      unsafe (result.hasAnchor, result.hasTag) = (
        event.data.mapping_start.anchor != nil, event.data.mapping_start.tag != nil
      )
    case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
    default: break
    }
    return result
  }

  private func failure() -> Failure {
    let state = unsafe parser.pointee
    return Failure(
      problem: unsafe state.problem.map { unsafe String(cString: $0) } ?? "out of memory",
      line: unsafe Int(state.problem_mark.line) + 1,
      column: unsafe Int(state.problem_mark.column) + 1,
      context: unsafe state.context.map { unsafe String(cString: $0) } ?? "",
      contextLine: unsafe Int(state.context_mark.line) + 1,
      contextColumn: unsafe Int(state.context_mark.column) + 1
    )
  }
}
