/// A piece of the model file as it was written: what no setting describes stays in this form (scrape_configs and other
/// parts in Prometheus' own vocabulary).
public struct Node: Hashable, Sendable {
  public indirect enum Content: Hashable, Sendable {
    /// A scalar; `isPlain` where it stands without quotes, so that `true` is a boolean and `"true"` a string.
    case scalar(String, isPlain: Bool)
    case sequence([Node])
    case mapping([Pair])
  }

  public struct Pair: Hashable, Sendable {
    public var key: String
    public var keyLocation: Location
    public var value: Node

    public init(_ key: String, at keyLocation: Location, _ value: Node) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  public var content: Content
  public var location: Location

  public init(_ content: Content, at location: Location) {
    self.content = content
    self.location = location
  }
}
