import Document

extension KubernetesContent {
  /// What every pod says of its processes: the restricted Pod Security level, spelled out.
  var podSecurityContext: Tree {
    [
      "runAsNonRoot": true,
      "runAsUser": .integer(.known(Agreed.userID)),
      "runAsGroup": .integer(.known(Agreed.userID)),
      "fsGroup": .integer(.known(Agreed.userID)),
      "fsGroupChangePolicy": "OnRootMismatch",
      "seccompProfile": ["type": "RuntimeDefault"],
    ]
  }

  /// The same for a container. A process can only write to what is mounted for it.
  var containerSecurityContext: Tree {
    [
      "runAsNonRoot": true,
      "runAsUser": .integer(.known(Agreed.userID)),
      "runAsGroup": .integer(.known(Agreed.userID)),
      "allowPrivilegeEscalation": false,
      "privileged": false,
      "readOnlyRootFilesystem": true,
      "capabilities": ["drop": ["ALL"]],
      "seccompProfile": ["type": "RuntimeDefault"],
    ]
  }

  /// Root that can do one thing, give a directory away: what a hostPath volume costs.
  var directoryOwnerSecurityContext: Tree {
    [
      "runAsNonRoot": false,
      "runAsUser": 0,
      "runAsGroup": 0,
      "allowPrivilegeEscalation": false,
      "privileged": false,
      "readOnlyRootFilesystem": true,
      "capabilities": ["drop": ["ALL"], "add": ["CHOWN"]],
      "seccompProfile": ["type": "RuntimeDefault"],
    ]
  }
}

/// A rule of the manifest checker `checkov` that an object breaks knowingly, and why.
struct CheckException {
  let check: String
  let reason: String

  static let imageByTag = CheckException(
    check: "CKV_K8S_43",
    reason: "images.* of the model decide on tag or digest"
  )

  static let ownerOfDirectory = CheckException(
    check: "CKV_K8S_25",
    reason: "an init container hands the hostPath directory to the agent's user and needs CHOWN for it"
  )
}

extension KubernetesContent {
  func annotations(for exceptions: [CheckException]) -> [Entry] {
    exceptions.enumerated().map { index, it in
      Entry("checkov.io/skip\(index + 1)", .text(Text("\(it.check)=\(it.reason)")))
    }
  }
}
