// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;

import com.llmtrack.spring.testsupport.EventSchema;
import com.llmtrack.spring.testsupport.TestCertificate;

/**
 * A server that can violate HTTP as a test requires.
 */
final class RawServer implements AutoCloseable {

	static final String ACCEPTED = response("201 Created", "application/json", "{\"ok\":true}");

	private final ServerSocket server;

	private final Behaviour behaviour;

	private final String scheme;

	private final Set<Socket> openConnections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	/**
	 * Start a server.
	 * @param behaviour what it does about a request; then it waits for the next one
	 */
	RawServer(Behaviour behaviour) {
		this(behaviour, "http", ServerSocketFactory.getDefault());
	}

	/**
	 * Start a server that speaks TLS, and knows HTTP/1.1 only.
	 * @param behaviour what it does about a request; then it waits for the next one
	 * @param certificate what it shows
	 */
	RawServer(Behaviour behaviour, TestCertificate certificate) {
		this(behaviour, "https", certificate.serverContext().getServerSocketFactory());
	}

	private RawServer(Behaviour behaviour, String scheme, ServerSocketFactory sockets) {
		this.behaviour = behaviour;
		this.scheme = scheme;
		try {
			this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::acceptConnections);
	}

	static RawServer responding(String response) {
		return new RawServer((socket) -> write(socket, response));
	}

	static String response(String status, String contentType, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
				+ body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
	}

	static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
	}

	/**
	 * Close a connection so that the other side sees it reset.
	 */
	static void reset(Socket socket) throws IOException {
		socket.setSoLinger(true, 0);
		socket.close();
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void acceptConnections() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.connections.incrementAndGet();
				this.openConnections.add(socket);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream());
			while (readRequest(in)) {
				this.behaviour.serve(socket);
			}
		}
		catch (IOException ex) {
			// Closed by either side
		}
		finally {
			this.openConnections.remove(socket);
		}
	}

	private boolean readRequest(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next == -1) {
				return false;
			}
			head.write(next);
		}
		this.heads.add(head.toString(StandardCharsets.UTF_8));
		byte[] body = in.readNBytes(contentLength(head.toString(StandardCharsets.UTF_8)));
		this.bodies.add(new String(body, StandardCharsets.UTF_8));
		return true;
	}

	private static int contentLength(String head) {
		return head.lines()
			.map((line) -> line.toLowerCase(Locale.ROOT))
			.filter((line) -> line.startsWith("content-length:"))
			.mapToInt((line) -> Integer.parseInt(line.substring("content-length:".length()).strip()))
			.findFirst()
			.orElseThrow();
	}

	URI url() {
		return URI.create(this.scheme + "://127.0.0.1:" + this.server.getLocalPort());
	}

	int requests() {
		return this.heads.size();
	}

	List<String> heads() {
		return this.heads;
	}

	/**
	 * Return how many connections there have ever been.
	 */
	int connections() {
		return this.connections.get();
	}

	int openConnections() {
		return this.openConnections.size();
	}

	/**
	 * Stop the server, and make sure that it was sent nothing but events.
	 */
	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.openConnections) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.bodies.forEach(EventSchema::validated);
	}

	/**
	 * What the server does about a request.
	 */
	@FunctionalInterface
	interface Behaviour {

		void serve(Socket socket) throws IOException;

	}

}
