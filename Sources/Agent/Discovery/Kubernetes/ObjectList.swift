internal import JSON

/// The kinds of object that are watched.
enum KubernetesResource: Hashable, Sendable {
  case pods, nodes
}

/// What is kept of an object.
struct DiscoveredObject: Hashable, Sendable {
  let key: String
  let resourceVersion: String
  let group: DiscoveredGroup
  /// The node of a pod.
  let nodeName: String
  /// What a node lends to its pods.
  let lentLabels: [MetaLabel]

  init(_ resource: KubernetesResource, _ reader: inout JSONReader) throws(JSONError) {
    switch resource {
    case .pods:
      let pod = try PodReading(&reader)
      key = "\(pod.metadata.namespace)/\(pod.metadata.name)"
      resourceVersion = pod.metadata.resourceVersion
      group = pod.group
      nodeName = pod.nodeName
      lentLabels = []
    case .nodes:
      let node = try NodeReading(&reader)
      key = node.metadata.name
      resourceVersion = node.metadata.resourceVersion
      group = node.group
      nodeName = ""
      lentLabels = node.metaLabels
    }
  }
}

/// One page of a list, read without keeping what nobody needs.
struct ObjectList: Sendable {
  var objects: [DiscoveredObject] = []
  var resourceVersion = ""
  /// Asks for the next page; empty on the last one.
  var continuation = ""

  init(_ resource: KubernetesResource, _ bytes: [UInt8], byteCountMax: Int) throws(JSONError) {
    var reader = try JSONReader(bytes, limits: .init(byteCountMax: byteCountMax))
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "metadata":
        for (key, value) in try reader.stringFields(["resourceVersion", "continue"]) {
          if key == "continue" { continuation = value } else { resourceVersion = value }
        }
      case "items":
        try reader.optionalArray { reader throws(JSONError) in
          objects.append(try DiscoveredObject(resource, &reader))
        }
      default: try reader.skip()
      }
    }
    try reader.end()
    if resourceVersion.isEmpty { throw reader.error("a resourceVersion in the list's metadata") }
  }
}

/// One line of a watch.
enum WatchEvent: Sendable {
  case changed(DiscoveredObject)
  case deleted(DiscoveredObject)
  case bookmark(resourceVersion: String)
  case error(code: Int, message: String)
  /// Of a kind that a later Kubernetes may have.
  case unknown

  init(_ resource: KubernetesResource, _ line: [UInt8], byteCountMax: Int) throws(JSONError) {
    let whole = try JSONReader(line, limits: .init(byteCountMax: byteCountMax))
    // The kind of event says how to read its object, whichever stands first.
    var first = whole
    var type = ""
    try first.object { reader, key throws(JSONError) in
      if key == "type" { type = try reader.string() } else { try reader.skip() }
    }
    try first.end()
    var event: WatchEvent?
    var second = whole
    try second.object { reader, key throws(JSONError) in
      guard key == "object" else { return try reader.skip() }
      event =
        switch type {
        case "ADDED", "MODIFIED": .changed(try DiscoveredObject(resource, &reader))
        case "DELETED": .deleted(try DiscoveredObject(resource, &reader))
        case "BOOKMARK": try Self.bookmark(&reader)
        case "ERROR": try Self.error(&reader)
        default: try Self.unknown(&reader)
        }
    }
    guard let event else { throw second.error("an object in the event") }
    self = event
  }

  private static func bookmark(_ reader: inout JSONReader) throws(JSONError) -> WatchEvent {
    var metadata = KubernetesMetadata()
    try reader.object { reader, key throws(JSONError) in
      if key == "metadata" { metadata = try KubernetesMetadata(&reader) } else { try reader.skip() }
    }
    return .bookmark(resourceVersion: metadata.resourceVersion)
  }

  private static func error(_ reader: inout JSONReader) throws(JSONError) -> WatchEvent {
    var code = 0
    var message = ""
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "code": code = try reader.integer()
      case "message": message = try reader.optionalString()
      default: try reader.skip()
      }
    }
    return .error(code: code, message: message)
  }

  private static func unknown(_ reader: inout JSONReader) throws(JSONError) -> WatchEvent {
    try reader.skip()
    return .unknown
  }
}
