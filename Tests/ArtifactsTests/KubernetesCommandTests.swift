import Testing

/// The specification's operational chapters, against what is rendered.
@Suite struct KubernetesCommandTests {
  /// Every command of the chapters Operational Procedures, Testing and Troubleshooting, verbatim and in their order.
  static let commands = KubectlCommand.all(
    in: """
      # Monitoring Network Resilience
      kubectl get pods -n observability -l app=network-partition-detector
      kubectl logs -n observability -l app=network-partition-detector
      kubectl exec -n observability <detector-pod> -- cat /var/log/partition-events.log
      kubectl get cronjobs -n observability
      kubectl logs -n observability -l app=metrics-sync
      # Troubleshooting Network Partitions
      kubectl get pods -n observability -l app=prometheus-agent
      kubectl port-forward -n observability svc/prometheus-agent-server 9090:9090
      kubectl create job -n observability --from=cronjob/<sync-cronjob-name> manual-sync-$(date +%s)
      kubectl get pods -n observability -l app=kube-prometheus-stack-prometheus
      kubectl logs -n observability -l app=kube-prometheus-stack-prometheus | grep "remote_write"
      # Simulate Network Partition
      kubectl apply -f - <<EOF
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: block-prometheus
        namespace: observability
      spec:
        podSelector:
          matchLabels:
            app: kube-prometheus-stack-prometheus
        policyTypes:
        - Ingress
        ingress: []
      EOF
      kubectl logs -f -n observability -l app=network-partition-detector
      kubectl delete networkpolicy -n observability block-prometheus
      kubectl get jobs -n observability
      # Troubleshooting
      kubectl describe pod -n observability <agent-pod>
      kubectl logs -n observability <agent-pod>
      kubectl port-forward -n observability <agent-pod> 9090:9090
      kubectl logs -n observability <agent-pod> | grep "remote_write"
      kubectl exec -n observability <agent-pod> -- wget -O- http://prometheus-kube-prometheus-prometheus:9090/-/healthy
      kubectl get jobs -n observability -l app=metrics-sync
      kubectl auth can-i get pods --as=system:serviceaccount:observability:metrics-sync -n observability
      """
  )

  @Test(arguments: KubernetesCase.resilient)
  func everyCommandResolves(_ it: KubernetesCase) {
    let resolver = CommandResolver(manifests: Manifests(it))
    #expect(Self.commands.count == 21)
    for command in Self.commands {
      do { try resolver.resolve(command) } catch { Issue.record("\(command.line): no \(error)") }
    }
  }

  /// The resolver must be able to say no.
  @Test(arguments: [
    "kubectl get pods -n observability -l app=prometheus",
    "kubectl get pods -n monitoring -l app=prometheus-agent",
    "kubectl exec -n observability <agent-pod> -- cat /var/log/partition-events.log",
    "kubectl exec -n observability <agent-pod> -- wget -O- http://prometheus.elsewhere:9090/-/healthy",
    "kubectl exec -n observability <detector-pod> -- cat /etc/rescfg/events.log",
    "kubectl port-forward -n observability svc/prometheus-agent-server 9090:80",
    "kubectl port-forward -n observability <agent-pod> 9090:9091",
    "kubectl logs -f -n observability -l app=prometheus-agent",
    "kubectl delete networkpolicy -n observability metrics-sync",
    "kubectl get jobs -n observability -l app=sync",
    "kubectl auth can-i get secrets --as=system:serviceaccount:observability:metrics-sync -n observability",
    "kubectl auth can-i get pods --as=system:serviceaccount:observability:default -n observability",
    "kubectl top pods",
  ])
  func wrongCommandsDont(_ line: String) {
    let resolver = CommandResolver(manifests: Manifests(KubernetesCase()))
    #expect(throws: CommandResolver.Missing.self) { try resolver.resolve(KubectlCommand([line])) }
  }
}
