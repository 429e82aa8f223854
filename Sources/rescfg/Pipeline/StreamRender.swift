import Document
import Model
import Output

/// Writes one environment to standard output.
struct StreamRender {
  let request: RenderRequest
  let rendering: Rendering

  func run() throws(Stop) {
    switch (request.format, StandardStream.output.isTerminal) {
    case (.yaml, _): try emitObjects()
    case (.tar, true): throw Stop(.archiveToTerminal)
    case (nil, true): try emitListing()
    case (.tar, false), (nil, false):
      try emit(tar(rendering.allFiles.map { ($0.path.text, $0.bytes) }))
    }
  }

  /// The Kubernetes objects as one stream for `kubectl apply -f -`, which has no use for the kustomization.
  private func emitObjects() throws(Stop) {
    let unfit = request.groups.subtracting([.kubernetes]).map(\.rawValue).sorted()
    if request.isLimited, !unfit.isEmpty { throw Stop(.streamCannotHold(unfit)) }
    let objects = rendering.files.filter {
      ArtifactGroup.kubernetes.contains($0.path.text) && $0.path.name != "kustomization.yaml"
    }
    let documents = objects.map {
      (source: $0.path.text, text: Text<Never>(String(decoding: $0.bytes, as: UTF8.self)))
    }
    try emit(yamlStream(documents).string)
  }

  private func emitListing() throws(Stop) {
    try emit(TreeListing(rendering.files).text)
    if request.isQuiet { return }
    let size = TreeListing.size(rendering.files.reduce(0) { $0 + $1.bytes.count })
    StandardStream.error.tell("\n" + Summary.listed(rendering.files.count, size, rendering.environment))
  }
}
