// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A proxy that tunnels https and forwards http. Resolves all hosts to the loopback
 * address.
 */
public final class ConnectProxy implements AutoCloseable {

	private final ServerSocket server;

	private final String authorization;

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();

	private final ByteArrayOutputStream tunnelled = new ByteArrayOutputStream();

	private ConnectProxy(String authorization) {
		this.authorization = authorization;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Start a proxy for everybody.
	 * @return the proxy
	 */
	public static ConnectProxy open() {
		return new ConnectProxy(null);
	}

	/**
	 * Start a proxy for one user.
	 * @param username the user's name
	 * @param password the user's password
	 * @return the proxy
	 */
	public static ConnectProxy forUser(String username, String password) {
		return new ConnectProxy("Basic "
				+ Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "connect-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void serve(Socket client) {
		try (client) {
			String head = readHead(client.getInputStream());
			this.heads.add(head);
			if (this.authorization != null && !head.contains("roxy-Authorization: " + this.authorization)
					&& !head.contains("roxy-authorization: " + this.authorization)) {
				write(client, "HTTP/1.1 407 Proxy Authentication Required\r\n"
						+ "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
				return;
			}
			String[] line = head.substring(0, head.indexOf('\r')).split(" ");
			boolean tunnel = line[0].equals("CONNECT");
			int port = URI.create(tunnel ? "tunnel://" + line[1] : line[1]).getPort();
			try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
				this.sockets.add(target);
				if (tunnel) {
					write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
				}
				else {
					write(target,
							head.lines()
								.filter((header) -> !header.isEmpty() && !header.startsWith("Proxy-"))
								.collect(Collectors.joining("\r\n", "", "\r\n\r\n")));
				}
				start(() -> pump(target, client, false));
				pump(client, target, tunnel);
			}
		}
		catch (IOException ex) {
			// Closed by either side
		}
	}

	private static String readHead(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next == -1) {
				throw new IOException("No head");
			}
			head.write(next);
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private void pump(Socket from, Socket to, boolean recorded) {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length != -1; length = in.read(buffer)) {
				if (recorded) {
					synchronized (this.tunnelled) {
						this.tunnelled.write(buffer, 0, length);
					}
				}
				if (!this.frozen.contains(from)) {
					out.write(buffer, 0, length);
				}
			}
			to.close();
		}
		catch (IOException ex) {
			// Closed by either side
		}
	}

	/**
	 * Let nothing more through the connections that there are, as a network does that has
	 * forgotten them.
	 */
	public void freeze() {
		this.frozen.addAll(this.sockets);
	}

	/**
	 * Return the port.
	 * @return the port
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Return what the proxy was asked for.
	 * @return the heads of the requests to it
	 */
	public List<String> heads() {
		return this.heads;
	}

	/**
	 * Return what the proxy could read of what it was sent.
	 * @return all of it, as far as it is text
	 */
	public String readable() {
		synchronized (this.tunnelled) {
			return this.heads + this.tunnelled.toString(StandardCharsets.ISO_8859_1);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
