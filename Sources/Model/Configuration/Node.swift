/// A piece of the model file as it was written: what no setting describes stays in this form (scrape_configs and other
/// parts in Prometheus' own vocabulary).
package struct Node: Hashable, Sendable {
  package indirect enum Content: Hashable, Sendable {
    /// A scalar; `isPlain` where it stands without quotes, so that `true` is a boolean and `"true"` a string.
    case scalar(String, isPlain: Bool)
    case sequence([Node])
    case mapping([Pair])
  }

  package struct Pair: Hashable, Sendable {
    package var key: String
    package var keyLocation: Location
    package var value: Node

    package init(_ key: String, at keyLocation: Location, _ value: Node) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  package var content: Content
  package var location: Location

  package init(_ content: Content, at location: Location) {
    self.content = content
    self.location = location
  }
}
