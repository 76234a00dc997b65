// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Forwards connections to a server on loopback, and fails in the ways a network does.
 */
public final class TcpProxy implements AutoCloseable {

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Object monitor = new Object();

	private final int port;

	private volatile ServerSocket server;

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean stalled;

	/**
	 * Start a proxy.
	 * @param target the port of the server
	 */
	public TcpProxy(int target) {
		this.target = target;
		this.port = listen(0);
	}

	public int port() {
		return this.port;
	}

	/**
	 * Accept connections and forward nothing, until {@link #proceed()}.
	 */
	public void stall() {
		this.stalled = true;
	}

	/**
	 * Forward everything again, including what was held up.
	 */
	public void proceed() {
		this.stalled = false;
		synchronized (this.monitor) {
			this.monitor.notifyAll();
		}
	}

	/**
	 * Forward with a delay for each packet.
	 */
	public void slow(Duration delay) {
		this.delay = delay;
	}

	/**
	 * End all connections and refuse further ones, until {@link #listen()}.
	 */
	public void refuse() {
		closeQuietly(this.server);
		this.sockets.forEach(TcpProxy::closeQuietly);
		this.sockets.clear();
	}

	/**
	 * Accept connections again.
	 */
	public void listen() {
		listen(this.port);
	}

	@Override
	public void close() {
		refuse();
		proceed();
	}

	private int listen(int port) {
		try {
			ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
			this.server = server;
			start(() -> accept(server));
			return server.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket server) {
		try {
			while (true) {
				connect(server, server.accept());
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void connect(ServerSocket server, Socket client) {
		try {
			Socket target = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.addAll(List.of(client, target));
			if (server.isClosed()) {
				closeQuietly(client);
				closeQuietly(target);
			}
			start(() -> forward(client, target));
			start(() -> forward(target, client));
		}
		catch (IOException ex) {
			// The server is not there
			closeQuietly(client);
		}
	}

	private void forward(Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				LockSupport.parkNanos(this.delay.toNanos());
				awaitProceeding();
				out.write(buffer, 0, count);
			}
		}
		catch (IOException | InterruptedException ex) {
			// Closed by either side
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private void awaitProceeding() throws InterruptedException {
		synchronized (this.monitor) {
			while (this.stalled) {
				this.monitor.wait();
			}
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// It's closed, then
		}
	}

}
