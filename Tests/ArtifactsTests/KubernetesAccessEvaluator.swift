import Document

/// Answers what `kubectl auth can-i` asks, from Roles, ClusterRoles and their bindings.
struct AccessEvaluator {
  let manifests: Manifests

  func rules(of account: String, in namespace: String) -> [Tree<Never>] {
    let bindings = manifests.all("RoleBinding") + manifests.all("ClusterRoleBinding")
    let mine = bindings.filter { binding in
      (binding["subjects"]?.items ?? []).contains {
        $0["kind"]?.string == "ServiceAccount" && $0["name"]?.string == account
          && $0["namespace"]?.string == namespace
      }
    }
    return mine.flatMap { binding -> [Tree<Never>] in
      guard let kind = binding["roleRef", "kind"]?.string, let name = binding["roleRef", "name"]?.string else {
        return []
      }
      return manifests.one(kind, name)?["rules"]?.items ?? []
    }
  }

  func can(
    _ account: String,
    _ verb: String,
    _ resource: String,
    group: String = "",
    named name: String? = nil,
    in namespace: String
  ) -> Bool {
    rules(of: account, in: namespace).contains { rule in
      let names = rule["resourceNames"]?.list ?? []
      return (rule["verbs"]?.list ?? []).contains(verb) && (rule["resources"]?.list ?? []).contains(resource)
        && (rule["apiGroups"]?.list ?? []).contains(group)
        && (names.isEmpty || name.map { names.contains($0) } == true)
    }
  }
}
