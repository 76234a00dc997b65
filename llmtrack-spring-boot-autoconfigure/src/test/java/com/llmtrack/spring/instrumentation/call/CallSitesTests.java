// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.util.context.Context;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallSites}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallSitesTests {

	private final AtomicLong clock = new AtomicLong();

	private CallSites callSites = callSites();

	@TempDir
	private Path directory;

	private CallSites callSites(String... packages) {
		ApplicationBeans beans = TestBeans.supplying(Stream::empty, EventSettings::new, InstrumentationSettings::new,
				List.of(packages));
		beans.ready();
		return new CallSites(beans, this.clock::get);
	}

	@Test
	void placesOfOneLineAreCountedTogether() throws Exception {
		run("task.run(); task.run();\ntask.run();\n");
		assertThat(this.callSites.counts()).containsExactly(Map.entry("com.example.Places.run(Places.java:2)", 2L),
				Map.entry("com.example.Places.run(Places.java:3)", 1L));
	}

	@Test
	void numberOfPlacesIsBounded(CapturedOutput output) throws Exception {
		run("task.run();\n".repeat(1100));
		assertThat(this.callSites.counts()).hasSize(1000);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Model requests without a feature")))
			.hasSize(1000);
	}

	@Test
	void librariesAndProxiesAreNoPlaces() {
		this.callSites.add();
		assertThat(this.callSites.counts()).containsExactly(Map.entry("no application code on the stack", 1L));
	}

	@Test
	void applicationsOwnPackageComesBeforeTheNearestOtherOne() throws Exception {
		this.callSites = callSites("com.example");
		run("com.acme.Library.run(task);\n");
		assertThat(this.callSites.counts()).containsOnlyKeys("com.example.Places.run(Places.java:2)");
	}

	@Test
	void nearestOtherPlaceIsTakenIfNoneIsTheApplicationsOwn() throws Exception {
		this.callSites = callSites("com.example.other");
		run("com.acme.Library.run(task);\n");
		assertThat(this.callSites.counts()).containsOnlyKeys("com.acme.Library.run(Library.java:1)");
	}

	@Test
	void underLoadOnlyTheFirstRequestsOfEachSecondAreCounted() throws Exception {
		run("for (int i = 0; i < 1000; i++) { task.run(); }\n");
		assertThat(this.callSites.counts()).containsValues(101L);
		this.clock.set(Duration.ofSeconds(1).toNanos());
		this.callSites.add();
		assertThat(this.callSites.counts()).hasSize(2);
	}

	@Test
	void allRequestsAreCountedOfAnApplicationThatMakesUpToAHundredInASecond() throws Exception {
		this.callSites = callSites("com.example");
		run("for (int i = 0; i < 300; i++) { task.run(); }\n", () -> {
			this.clock.addAndGet(Duration.ofMillis(10).toNanos());
			this.callSites.add();
		});
		assertThat(this.callSites.counts()).containsExactly(Map.entry("com.example.Places.run(Places.java:2)", 300L));
	}

	@Test
	void assembliesAreNotCountedButBounded() throws Exception {
		List<Optional<CallSite>> assemblies = new ArrayList<>();
		run("for (int i = 0; i < 150; i++) { task.run(); }\n",
				() -> assemblies.add(Optional.ofNullable(this.callSites.ofAssembly())));
		assertThat(this.callSites.counts()).isEmpty();
		assertThat(assemblies.subList(0, 101)).allMatch(Optional::isPresent);
		assertThat(assemblies.subList(101, 150)).noneMatch(Optional::isPresent);
	}

	@Test
	void assembliesWithoutPlaceAreBoundedToo() throws Exception {
		for (int i = 0; i < 100; i++) {
			assertThat(this.callSites.ofAssembly()).isNull();
		}
		run("task.run();\n", () -> assertThat(this.callSites.ofAssembly()).isNull());
		run("task.run();\n");
		assertThat(this.callSites.counts()).hasSize(1);
		this.clock.set(Duration.ofSeconds(1).toNanos());
		run("task.run();\n", () -> assertThat(this.callSites.ofAssembly()).isNotNull());
	}

	@Test
	void streamsAreCountedWhereTheyWereAssembledWithoutAnotherWalk(CapturedOutput output) throws Exception {
		List<CallSite> assemblies = new ArrayList<>();
		run("task.run();\n", () -> assemblies.add(this.callSites.ofAssembly()));
		assertThat(output).doesNotContain("Model requests without a feature");
		for (int i = 0; i < 200; i++) {
			this.callSites.addStream(assemblies.get(0), Context.empty());
		}
		assertThat(this.callSites.counts()).containsExactly(Map.entry("com.example.Places.run(Places.java:2)", 200L));
		assertThat(output.getOut().lines().filter((line) -> line.contains("Model requests without a feature")))
			.hasSize(1);
	}

	@Test
	void countsAreACopy() {
		Map<String, Long> before = this.callSites.counts();
		this.callSites.add();
		assertThat(before).isEmpty();
	}

	private void run(String statements) throws IOException, ReflectiveOperationException {
		run(statements, () -> this.callSites.add());
	}

	/**
	 * Run statements in a class of an application.
	 */
	private void run(String statements, Runnable task) throws IOException, ReflectiveOperationException {
		Path source = this.directory.resolve("Places.java");
		Files.writeString(source, "package com.example; public class Places { public static void run(Runnable task) {\n"
				+ statements + "}}");
		Path library = this.directory.resolve("Library.java");
		Files.writeString(library,
				"package com.acme; public class Library { public static void run(Runnable task) { task.run(); } }");
		ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-d", this.directory.toString(), source.toString(), library.toString());
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() })) {
			loader.loadClass("com.example.Places").getMethod("run", Runnable.class).invoke(null, task);
		}
	}

}
