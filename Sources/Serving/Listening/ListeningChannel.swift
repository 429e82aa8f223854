import NIOCore
import NIOPosix

/// Binds a listener's address and starts accepting.
enum ListeningChannel {
  static func open(
    _ listener: Listener,
    index: Int,
    _ group: MultiThreadedEventLoopGroup,
    _ table: NIOLoopBound<ConnectionTable>
  ) throws(ServingError) -> any Channel {
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 128)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptPause { table.value.count(\.refusedConnections) })
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try table.value.admit(channel, listener: index) }
      }
    let address = listener.address.description
    switch listener.address {
    case .tcp(let host, let port):
      guard (0...65_535).contains(port) else { throw ServingError(address, .malformedAddress) }
      do {
        let socketAddress = try SocketAddress(ipAddress: host, port: port)
        return try bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1).bind(to: socketAddress).wait()
      } catch let error as IOError {
        throw ServingError(address, ServingError.problem("bind", error.errnoCode))
      } catch is SocketAddressError {
        throw ServingError(address, .malformedAddress)
      } catch {
        throw ServingError(address, .setUp("\(error)"))
      }
    case .unix(let path):
      let descriptor = try UnixListeningSocket.open(path)
      do {
        return try bootstrap.withBoundSocket(descriptor).wait()
      } catch {
        throw ServingError(address, .setUp("\(error)"))
      }
    }
  }
}
