import Document
import Model

extension KubernetesContent {
  /// The partition detector. The agents detect for themselves; this one sees the cluster and reports it.
  var detector: Object {
    Object(
      Component.detector.terraformName,
      when: isPresent,
      object(
        .deployment,
        named: Text(Component.detector.name),
        labels: labels(of: .detector),
        annotations: annotations(for: [.imageByTag]),
        [
          Entry(
            "spec",
            .mapping([
              Entry("replicas", value(Settings.detectorReplicas)),
              Entry("revisionHistoryLimit", 3),
              Entry("selector", matchLabels(.detector)),
              Entry("strategy", ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]]),
              Entry("template", detectorTemplate),
            ])
          )
        ]
      )
    )
  }

  private var detectorTemplate: Tree {
    let spread = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map { key -> Tree in
      [
        "maxSkew": 1,
        "topologyKey": .text(Text(key)),
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": matchLabels(.detector),
      ]
    }
    return [
      "metadata": podMetadata(
        of: .detector,
        defaultContainer: "rescfg",
        // The agents scrape themselves; what else of a node they scrape says so.
        annotations: [
          Entry("prometheus.io/scrape", "true"), Entry("prometheus.io/port", .text(Text(String(Agreed.httpPort)))),
        ]
      ),
      "spec": .mapping(
        podFrame(of: .detector, terminationGraceSeconds: 30) + [
          Entry("topologySpreadConstraints", .sequence(spread)),
          Entry("containers", [detectorContainer]),
          Entry(
            "volumes",
            .sequence([modelVolume, emptyDirectory("log", limit: "64Mi"), tokenVolume] + centralVolumes),
            comment: "The event log is as old as its pod; the pod's output has the same events."
          ),
        ]
      ),
    ]
  }

  private var detectorContainer: Tree {
    .mapping(
      [
        Entry("name", "rescfg"),
        Entry("image", value(Settings.rescfgImage)),
        Entry("imagePullPolicy", "Always"),
        Entry("command", ["rescfg"]),
        Entry("args", rescfgArguments("detector")),
        Entry("env", [nodeName, podName]),
        Entry("ports", [httpContainerPort]),
        Entry(
          "resources",
          resources(
            requests: (Settings.detectorCPURequest, Settings.detectorMemoryRequest, "128Mi"),
            limits: (Settings.detectorCPULimit, Settings.detectorMemoryLimit, "256Mi")
          )
        ),
      ] + httpProbes + [
        Entry("terminationMessagePolicy", "FallbackToLogsOnError"),
        Entry("securityContext", containerSecurityContext),
        Entry(
          "volumeMounts",
          .sequence([mount("log", at: Text(Agreed.logDirectory)), modelMount, tokenMount] + centralMounts)
        ),
      ]
    )
  }
}
