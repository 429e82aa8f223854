import Document

extension KubernetesContent {
  /// One account for each component. Tokens are mounted where the API is called, short-lived; none by default.
  var serviceAccounts: [Object] {
    Component.allCases.map { component in
      Object(
        component.terraformName,
        when: isPresent,
        object(
          .serviceAccount,
          named: Text(component.name),
          labels: labels(of: component),
          [Entry("automountServiceAccountToken", false)]
        )
      )
    }
  }
}
