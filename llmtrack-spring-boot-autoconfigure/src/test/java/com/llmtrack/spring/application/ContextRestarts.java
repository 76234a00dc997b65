// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.OpenSockets;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.context.ContextRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restarts an application many times in one JVM, each time with newly loaded classes of
 * the starter, and compares what is left. Runs in a JVM of its own, with
 * {@code -XX:SoftRefLRUPolicyMSPerMB=0}, since some of Spring's caches refer to classes
 * until memory gets scarce.
 */
public final class ContextRestarts {

	private static final int RESTARTS = 50;

	/** JDK 17 refers to some record that was seen first or last, and so does CGLIB. */
	private static final int KEPT_BY_OTHERS = 2;

	/** Loading them would make the start take longer. */
	private static final List<String> NEEDED_BY_EVENTS = List.of("com.llmtrack.spring.delivery.http.IngestClient",
			"com.llmtrack.spring.delivery.http.ResponseReader",
			"com.llmtrack.spring.instrumentation.feature.DeferredResults");

	private static final String JDBC_SPOOL = "com.llmtrack.spring.delivery.jdbc.JdbcSpool";

	/** All combinations of what an application may have. */
	private static final int COMBINATIONS = 6;

	private static final String NETTY = "globalEventExecutor";

	private final AtomicInteger events = new AtomicInteger();

	private final AtomicInteger connections = new AtomicInteger();

	private final Path directory;

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.runOn(LoopResources.create("server", 1, true))
		.doOnConnection((connection) -> this.connections.incrementAndGet())
		.handle((request, response) -> request.receive().aggregate().asString().flatMap((body) -> {
			this.events.incrementAndGet();
			return response.status(HttpResponseStatus.CREATED).sendString(Mono.just("{\"ok\":true}")).then();
		}))
		.bindNow();

	private ContextRestarts(Path directory) {
		this.directory = directory;
	}

	public static void main(String[] args) throws Exception {
		// Looks for accessors with the class loader of the thread that happens to be the
		// first, and keeps what it has found
		ContextRegistry.getInstance();
		new ContextRestarts(Path.of(args[0])).leaveNothingBehind();
		System.exit(0);
	}

	private void leaveNothingBehind() throws Exception {
		for (int i = 0; i < COMBINATIONS; i++) {
			run(i);
		}
		LiveThreads threads = threads();
		long sockets = OpenSockets.count();
		List<WeakReference<ClassLoader>> classLoaders = new ArrayList<>();
		for (int i = 0; i < RESTARTS; i++) {
			classLoaders.add(run(i));
		}
		assertThat(this.events).hasValue(RESTARTS + COMBINATIONS);
		try (Stream<Path> spooled = Files.list(this.directory)) {
			assertThat(spooled).isEmpty();
		}
		// Reactor's shared threads, which would outlive the application, were not used
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.matches("(parallel|single)-.*"));
		Waiting.await()
			.pollInSameThread()
			.pollInterval(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> {
				System.gc();
				assertThat(threads.started()).isEmpty();
				assertThat(OpenSockets.count()).isLessThanOrEqualTo(sockets);
				assertThat(classLoaders.stream().filter((classLoader) -> !classLoader.refersTo(null)))
					.hasSizeLessThanOrEqualTo(KEPT_BY_OTHERS);
			});
	}

	/**
	 * Return the threads but one of Netty's, which is not bound to any class loader and
	 * comes and goes.
	 */
	private static LiveThreads threads() {
		return LiveThreads.named((name) -> !name.startsWith(NETTY));
	}

	/**
	 * Run the application once: with and without Reactor Netty, and with no spool, one in
	 * a directory or one in a database.
	 */
	private WeakReference<ClassLoader> run(int number) throws Exception {
		String hidden = (number % 2 == 0) ? "reactor.netty" : "none";
		boolean directory = number % 3 == 1;
		boolean database = number % 3 == 2;
		String[] args = { "--llmtrack.api-key=llmtrack-key",
				"--llmtrack.base-url=http://127.0.0.1:" + this.server.port(),
				"--llmtrack.delivery.shutdown-timeout=30s",
				"--llmtrack.spool.directory=" + (directory ? this.directory : ""),
				"--llmtrack.spool.jdbc=" + database };
		LiveThreads threads = LiveThreads.named((name) -> name.matches("(llmtrack|HttpClient|parallel|reactor).*"));
		int connectionsBefore = this.connections.get();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (FreshClassLoader classLoader = new FreshClassLoader(hidden)) {
			Thread.currentThread().setContextClassLoader(classLoader);
			application(classLoader).accept(args, () -> {
				assertThat(threads.started()).extracting(Thread::getName).isSubsetOf(threads(directory, database));
				assertThat(this.connections).hasValue(connectionsBefore);
				assertThat(NEEDED_BY_EVENTS).allMatch((name) -> directory || database || !classLoader.hasLoaded(name));
				assertThat(classLoader.hasLoaded(JDBC_SPOOL)).isEqualTo(database);
			});
			return new WeakReference<>(classLoader);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static Set<String> threads(boolean directory, boolean database) {
		if (database) {
			return Set.of("llmtrack-delivery", "llmtrack-spool");
		}
		return directory ? Set.of("llmtrack-delivery") : Set.of();
	}

	@SuppressWarnings("unchecked")
	private static BiConsumer<String[], Runnable> application(ClassLoader classLoader)
			throws ReflectiveOperationException, IOException {
		return (BiConsumer<String[], Runnable>) classLoader.loadClass(RestartedApplication.class.getName())
			.getConstructor()
			.newInstance();
	}

}
