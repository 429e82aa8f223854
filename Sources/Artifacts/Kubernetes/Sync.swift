import Document
import Model

extension KubernetesContent {
  /// The job that asks every agent to look for gaps.
  var sync: Object {
    Object(
      Component.sync.terraformName,
      when: isPresent,
      object(
        .cronJob,
        named: Text(Component.sync.name),
        labels: labels(of: .sync),
        annotations: annotations(for: [.imageByTag]),
        [
          Entry(
            "spec",
            .mapping([
              Entry("schedule", .text(Text(schedule, .arbitrary))),
              Entry("timeZone", "Etc/UTC"),
              Entry(
                "concurrencyPolicy",
                "Forbid",
                comment:
                  "Jobs made by 'kubectl create job' ignore this. Two at once do no harm: an agent gives both the same check."
              ),
              Entry(
                "startingDeadlineSeconds",
                300,
                comment: "Without it, 100 missed starts stop the schedule for good."
              ),
              Entry("successfulJobsHistoryLimit", 3),
              Entry("failedJobsHistoryLimit", 3),
              Entry("jobTemplate", jobTemplate),
            ])
          )
        ]
      )
    )
  }

  /// Every so many minutes; a cron field counts minutes to 59 and hours to 23. The setting takes only lengths that
  /// divide an hour or a day.
  private var schedule: Term<String, S.H> {
    let minutes = scope[Settings.syncInterval]
    let everyMinutes: Text = "*/\(minutes) * * * *"
    let everyHours: Text = "0 */\(minutes / 60) * * *"
    return (minutes < 60).choosing(
      everyMinutes.term,
      else: (minutes < 1440).choosing(everyHours.term, else: .known("0 0 * * *"))
    )
  }

  private var jobTemplate: Tree {
    [
      "metadata": ["labels": labels(of: .sync)],
      "spec": .mapping([
        Entry("backoffLimit", 1),
        Entry(
          "activeDeadlineSeconds",
          .integer(scope[Settings.syncInterval] * 54),
          comment: "Nine tenths of the interval: one has ended before the next is due."
        ),
        Entry("ttlSecondsAfterFinished", 86_400, comment: "A day to read the log of a job made by hand."),
        Entry(
          "template",
          [
            "metadata": podMetadata(of: .sync, defaultContainer: "rescfg"),
            "spec": .mapping(
              podFrame(of: .sync, terminationGraceSeconds: 30) + [
                Entry("restartPolicy", "Never"), Entry("containers", [syncContainer]),
                Entry("volumes", .sequence([modelVolume, tokenVolume] + centralVolumes)),
              ]
            ),
          ]
        ),
      ]),
    ]
  }

  private var syncContainer: Tree {
    [
      "name": "rescfg",
      "image": value(Settings.rescfgImage),
      "imagePullPolicy": "Always",
      "command": ["rescfg"],
      "args": rescfgArguments("sync"),
      "env": [nodeName, podName],
      "resources": resources(
        requests: (Settings.syncCPURequest, Settings.syncMemoryRequest, "64Mi"),
        limits: (Settings.syncCPULimit, Settings.syncMemoryLimit, "128Mi")
      ),
      "terminationMessagePolicy": "FallbackToLogsOnError",
      "securityContext": containerSecurityContext,
      "volumeMounts": .sequence([modelMount, tokenMount] + centralMounts),
    ]
  }
}
