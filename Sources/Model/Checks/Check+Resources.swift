extension Check {
  /// Kubernetes refuses a container that reserves more than its limit.
  static let requestsWithinLimits: [Check] = [
    (Settings.agentCPURequest, Settings.agentCPULimit), (Settings.agentMemoryRequest, Settings.agentMemoryLimit),
    (Settings.queueCPURequest, Settings.queueCPULimit), (Settings.queueMemoryRequest, Settings.queueMemoryLimit),
    (Settings.detectorCPURequest, Settings.detectorCPULimit),
    (Settings.detectorMemoryRequest, Settings.detectorMemoryLimit), (Settings.syncCPURequest, Settings.syncCPULimit),
    (Settings.syncMemoryRequest, Settings.syncMemoryLimit),
  ].map { request, limit in
    Check(of: request.info, limit.info) { model in
      model[request] <= model[limit] ? [] : [.requestOverLimit(request.info, limit.info, model)]
    }
  }
}
