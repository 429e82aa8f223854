import Document
import Model

/// What must hold between variables, and what to say where it doesn't.
struct Precondition {
  let condition: Expression
  let message: Expression

  var block: HCLBody.Item {
    .block("precondition", body: [.set("condition", condition), .set("error_message", message)])
  }
}

extension TerraformModule {
  /// What the model is refused for, said of the variables: a `-var` doesn't pass through the model's checks.
  ///
  /// Preconditions rather than validations: Terraform lets a validation use no local value that is made of the variable
  /// itself, and without those each length and size is a sum over a regular expression.
  var preconditions: [Precondition] {
    retries + detection + survival + collection + resources
  }

  private var retries: [Precondition] {
    [
      atMost(seconds, Settings.initialBackoff, Settings.maxBackoff),
      atMost({ scope.variable($0) }, Settings.maxSamplesPerSend, Settings.queueCapacity),
    ]
  }

  private var detection: [Precondition] {
    [
      Precondition(
        condition: .binary(seconds(Settings.checkTimeout), .less, seconds(Settings.checkInterval)),
        message: "\(named(Settings.checkTimeout)) must be less than \(named(Settings.checkInterval))."
      )
    ]
  }

  private var survival: [Precondition] {
    window + retention + (scope[Settings.collector].hasDurableQueue ? disk : [])
  }

  /// The latest a sample comes: after the partition, the next sync if something refills, a wait and a request.
  private var window: [Precondition] {
    guard scope[Settings.centralKind].hasWindow else { return [] }
    let minutes = Expression.binary(scope.variable(Settings.syncInterval), .multiply, 60)
    let refills = scope[Settings.collector].hasDurableQueue
    let waits = (refills ? [minutes] : []) + [seconds(Settings.maxBackoff), seconds(Settings.remoteTimeout)]
    let latest = waits.reduce(seconds(Settings.survive)) { .binary($0, .add, $1) }
    // Without a window a centre takes what is in order and an hour old.
    let window = seconds(Settings.outOfOrderWindow)
    let inOrder = Expression.integer(Configuration.latenessInOrder / 1000)
    let most = scope[Settings.centralKind].longestWindow
    let taken = most.map { Expression.call("min", [window, .integer($0.milliseconds / 1000)]) } ?? window
    let lateness = Expression.conditional(.binary(window, .equal, 0), then: inOrder, else: taken)
    let holds = Precondition(
      condition: .binary(latest, .lessOrEqual, lateness),
      message: refills
        ? "\(named(Settings.outOfOrderWindow)) must hold \(named(Settings.survive)) and until all is sent: \(named(Settings.syncInterval)) minutes, \(named(Settings.maxBackoff)), \(named(Settings.remoteTimeout))."
        : "\(named(Settings.outOfOrderWindow)) must hold \(named(Settings.survive)) and until all is sent: \(named(Settings.maxBackoff)), \(named(Settings.remoteTimeout))."
    )
    guard let most else { return [holds] }
    let isPossible = Precondition(
      condition: .binary(window, .lessOrEqual, .integer(most.milliseconds / 1000)),
      message:
        "\(named(Settings.outOfOrderWindow)) must be at most \(most.spelling): the centre takes no more out of order."
    )
    return [holds, isPossible]
  }

  private var retention: [Precondition] {
    guard scope[Settings.centralKind] == .prometheus else { return [] }
    return [atMost(seconds, Settings.survive, Settings.centralRetention)]
  }

  private var disk: [Precondition] {
    let samples = Expression.binary(
      .binary(scope.variable(Settings.seriesPerNode), .divide, seconds(Settings.scrapeInterval)),
      .multiply,
      seconds(Settings.survive)
    )
    let queue = Expression.binary(bytes(Settings.storageSize), .multiply, .number(Configuration.queueShareOfDisk))
    // The segment that was begun before the partition makes room with the first samples of it.
    let segment = Expression.call(
      "min",
      [.number(Configuration.segmentBytesMax), .binary(queue, .divide, .number(Configuration.segmentsOfQueue))]
    )
    return [
      Precondition(
        condition: .binary(
          .binary(samples, .multiply, .number(scope[Settings.diskBytesPerSample])),
          .lessOrEqual,
          .binary(queue, .subtract, segment)
        ),
        message:
          "\(named(Settings.storageSize)) must hold \(named(Settings.survive)) of \(named(Settings.seriesPerNode)) every \(named(Settings.scrapeInterval))."
      )
    ]
  }

  private var collection: [Precondition] {
    let longest = Check.alertWindow / 2000
    return [
      Precondition(
        condition: .binary(seconds(Settings.scrapeInterval), .lessOrEqual, .integer(longest)),
        message:
          "\(named(Settings.scrapeInterval)) must be at most \(String(longest))s: a rule needs two samples in 5m."
      )
    ]
  }

  /// Kubernetes refuses a container that reserves more than its limit.
  private var resources: [Precondition] {
    let containers = [
      (
        Settings.agentCPURequest, Settings.agentCPULimit, Settings.agentMemoryRequest, Settings.agentMemoryLimit
      ),
      (
        Settings.queueCPURequest, Settings.queueCPULimit, Settings.queueMemoryRequest, Settings.queueMemoryLimit
      ),
      (
        Settings.detectorCPURequest, Settings.detectorCPULimit, Settings.detectorMemoryRequest,
        Settings.detectorMemoryLimit
      ),
      (Settings.syncCPURequest, Settings.syncCPULimit, Settings.syncMemoryRequest, Settings.syncMemoryLimit),
    ]
    return containers.flatMap { cpuRequest, cpuLimit, memoryRequest, memoryLimit in
      [atMost(scope.cores, cpuRequest, cpuLimit), atMost(bytes, memoryRequest, memoryLimit)]
    }
  }

  private func atMost<Value>(
    _ number: (Setting<Value>) -> Expression,
    _ smaller: Setting<Value>,
    _ larger: Setting<Value>
  ) -> Precondition {
    Precondition(
      condition: .binary(number(smaller), .lessOrEqual, number(larger)),
      message: "\(named(smaller)) must be at most \(named(larger))."
    )
  }

  private func seconds(_ setting: Setting<PrometheusDuration>) -> Expression { Expression(scope.seconds(setting)) }
  private func bytes(_ setting: Setting<Quantity>) -> Expression { Expression(scope.bytes(setting)) }

  /// The variable's name and value, in a message.
  private func named<Value>(_ setting: Setting<Value>) -> Expression {
    "\(setting.info.terraformName) \(scope.variable(setting))"
  }
}

extension KubernetesObject {
  /// Whether it is the model that agents, detector and sync read: what contradicts itself never gets there.
  var isModel: Bool { kind == .configMap && terraformName == "rescfg_model" }
}
