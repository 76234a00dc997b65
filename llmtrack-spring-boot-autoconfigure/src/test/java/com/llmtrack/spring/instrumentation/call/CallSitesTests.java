// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallSites}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallSitesTests {

	private final CallSites callSites = new CallSites();

	@TempDir
	private Path directory;

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
	void countsAreACopy() {
		Map<String, Long> before = this.callSites.counts();
		this.callSites.add();
		assertThat(before).isEmpty();
	}

	/**
	 * Run statements in a class of an application.
	 */
	private void run(String statements) throws IOException, ReflectiveOperationException {
		Path source = this.directory.resolve("Places.java");
		Files.writeString(source, "package com.example; public class Places { public static void run(Runnable task) {\n"
				+ statements + "}}");
		ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", this.directory.toString(), source.toString());
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() })) {
			Runnable task = this.callSites::add;
			loader.loadClass("com.example.Places").getMethod("run", Runnable.class).invoke(null, task);
		}
	}

}
