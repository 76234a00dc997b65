// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.llmtrack.spring.testsupport.EventSchema;

/**
 * A stand-in for LLMtrack with faults. Stores events once per idempotency key, always
 * rejects the models whose names begin with {@code rejected}, always fails on those that
 * begin with {@code poisonous}, and otherwise behaves according to the current fault.
 */
final class FaultyServer implements AutoCloseable {

	private static final Pattern HEADER = Pattern.compile("(?im)^(idempotency-key|content-length): *(\\S+)");

	private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]+)\"");

	private static final int VALIDATED = 100;

	private final Map<Fault, LongAdder> requests = new EnumMap<>(Fault.class);

	private volatile Map<String, String> stored = new ConcurrentHashMap<>();

	private volatile Map<String, String> keysOfModels = new ConcurrentHashMap<>();

	private final Set<String> rejected = ConcurrentHashMap.newKeySet();

	private final Set<String> poisonous = ConcurrentHashMap.newKeySet();

	private volatile Set<String> repeated = ConcurrentHashMap.newKeySet();

	private volatile Set<String> lostResponses = ConcurrentHashMap.newKeySet();

	private final Set<String> problems = ConcurrentHashMap.newKeySet();

	/** With the key of the last request. */
	private final Map<Socket, String> connections = new ConcurrentHashMap<>();

	private final AtomicLong number = new AtomicLong();

	private volatile Fault fault = Fault.NONE;

	/** One of so many requests is hit by the fault. */
	private volatile int rarity = 1;

	private volatile ServerSocket server;

	private final int port;

	FaultyServer() {
		for (Fault fault : Fault.values()) {
			this.requests.put(fault, new LongAdder());
		}
		this.server = open(0);
		this.port = this.server.getLocalPort();
	}

	private ServerSocket open(int port) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
			start(() -> acceptConnections(server));
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "faulty-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Change the weather.
	 * @param fault what goes wrong from now on
	 * @param rarity one of so many requests is hit
	 */
	void faultIs(Fault fault, int rarity) {
		Fault before = this.fault;
		this.rarity = rarity;
		this.fault = fault;
		if (fault == Fault.DOWN) {
			close();
		}
		else if (before == Fault.DOWN) {
			this.server = open(this.port);
		}
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	private void acceptConnections(ServerSocket server) {
		try {
			while (true) {
				Socket socket = server.accept();
				this.connections.put(socket, "");
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
			while (true) {
				String head = readHead(in);
				if (head == null) {
					return;
				}
				Map<String, String> headers = new ConcurrentHashMap<>();
				HEADER.matcher(head)
					.results()
					.forEach((header) -> headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2)));
				String body = new String(in.readNBytes(Integer.parseInt(headers.get("content-length"))),
						StandardCharsets.UTF_8);
				respond(socket, headers.get("idempotency-key"), body);
			}
		}
		catch (IOException ex) {
			// Closed by either side
		}
		finally {
			this.connections.remove(socket);
		}
	}

	private static String readHead(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int state = 0;
		while (state < 4) {
			int next = in.read();
			if (next == -1) {
				return null;
			}
			head.write(next);
			state = (next == "\r\n\r\n".charAt(state)) ? state + 1 : ((next == '\r') ? 1 : 0);
		}
		return head.toString(StandardCharsets.UTF_8);
	}

	private void respond(Socket socket, String key, String body) throws IOException {
		this.connections.put(socket, key);
		long number = this.number.incrementAndGet();
		String model = modelOf(body, number);
		Fault fault = (number % this.rarity == 0) ? this.fault : Fault.NONE;
		this.requests.get(fault).increment();
		String other = this.keysOfModels.putIfAbsent(model, key);
		if (other != null && !other.equals(key)) {
			this.problems.add(model + " came under the keys " + other + " and " + key);
		}
		if (fault == Fault.NONE || fault == Fault.SLOW) {
			if (fault == Fault.SLOW) {
				pause(50);
			}
			RawServer.write(socket, usualResult(key, model));
		}
		else {
			fail(socket, fault, key, model);
		}
	}

	private static String modelOf(String body, long number) {
		if (number % VALIDATED == 1) {
			EventSchema.validated(body);
		}
		Matcher matcher = MODEL.matcher(body);
		return matcher.find() ? matcher.group(1) : "";
	}

	private String usualResult(String key, String model) {
		if (model.startsWith("rejected")) {
			this.rejected.add(key);
			return json("400 Bad Request", "{\"error\":\"Invalid payload\"}");
		}
		if (model.startsWith("poisonous")) {
			this.poisonous.add(key);
			return json("500 Internal Server Error", "{\"error\":\"Internal server error\"}");
		}
		boolean duplicate = this.stored.put(key, model) != null;
		if (duplicate) {
			this.repeated.add(key);
		}
		return json("201 Created", "{\"ok\":true,\"duplicate\":" + duplicate + "}");
	}

	private void fail(Socket socket, Fault fault, String key, String model) throws IOException {
		String response = switch (fault) {
			case SERVER_ERROR -> json("500 Internal Server Error", "{\"error\":\"Internal server error\"}");
			case TOO_MANY_REQUESTS -> json("429 Too Many Requests\r\nRetry-After: 1", "{}");
			case UNAVAILABLE -> json("503 Service Unavailable\r\nRetry-After: 1", "{}");
			case UNAUTHORIZED -> json("401 Unauthorized", "{\"error\":\"Invalid API key\"}");
			case HTML -> RawServer.response("200 OK", "text/html", "<html><body>Please log in</body></html>");
			case RESET_BEFORE_ANSWER, EMPTY_REPLY, STALL, DOWN -> "";
			default -> usualResult(key, model);
		};
		if (fault.isAmbiguous()) {
			this.lostResponses.add(key);
		}
		switch (fault) {
			case RESET_BEFORE_ANSWER -> RawServer.reset(socket);
			case EMPTY_REPLY, LOST_ANSWER, DOWN -> socket.close();
			case STALL -> pause(1000);
			case RESET_WITHIN_ANSWER -> {
				RawServer.write(socket, response.substring(0, response.length() - 5));
				RawServer.reset(socket);
			}
			case RESET_AFTER_ANSWER -> {
				RawServer.write(socket, response);
				RawServer.reset(socket);
			}
			case DRIP -> {
				for (char character : response.toCharArray()) {
					RawServer.write(socket, String.valueOf(character));
					pause(20);
				}
			}
			case MALFORMED -> RawServer.write(socket, json("200 OK", "{\"ok\":tr"));
			default -> RawServer.write(socket, response);
		}
		if (fault == Fault.STALL) {
			socket.close();
		}
	}

	private static String json(String status, String body) {
		return RawServer.response(status, "application/json", body);
	}

	private static void pause(long millis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	Map<Fault, LongAdder> requests() {
		return this.requests;
	}

	/**
	 * Return the models of what is stored, by idempotency key.
	 */
	Map<String, String> stored() {
		return this.stored;
	}

	Set<String> rejected() {
		return this.rejected;
	}

	Set<String> poisonous() {
		return this.poisonous;
	}

	/**
	 * Return the keys of events that came again after they were stored.
	 */
	Set<String> repeated() {
		return this.repeated;
	}

	/**
	 * Return the keys of events whose answer was lost, or could not be understood.
	 */
	Set<String> lostResponses() {
		return this.lostResponses;
	}

	/**
	 * Return what a client must not do, but did.
	 */
	Set<String> problems() {
		return this.problems;
	}

	/**
	 * Forget all events, and give the memory for them back.
	 */
	void forget() {
		this.stored = new ConcurrentHashMap<>();
		this.keysOfModels = new ConcurrentHashMap<>();
		this.lostResponses = ConcurrentHashMap.newKeySet();
		this.repeated = ConcurrentHashMap.newKeySet();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Map.Entry<Socket, String> connection : this.connections.entrySet()) {
				this.lostResponses.add(connection.getValue());
				RawServer.reset(connection.getKey());
			}
		}
		catch (IOException ex) {
			// Closed by the other side
		}
	}

}
