// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for several {@link FileSpool FileSpools} in one directory: no instance gets the
 * files of another live one.
 */
@Timeout(60)
class SharedSpoolTests extends AbstractFileSpoolTests {

	@Test
	void spoolOfAnotherClassLoaderIsRespected() throws Exception {
		try (URLClassLoader other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			Class<?> holder = other.loadClass(SpoolHolder.class.getName());
			assertThat(holder).isNotSameAs(SpoolHolder.class);
			AutoCloseable held = (AutoCloseable) holder.getMethod("hold", String.class, int.class)
				.invoke(null, directory().toString(), 3);
			FileSpool spool = spool();
			assertThat(spool.upkeep().adopted()).isEmpty();
			// Nor do other processes get at it after that
			Process process = hold(2);
			assertThat(spool.upkeep().adopted()).isEmpty();
			kill(process);
			assertThat(spool.upkeep().adopted()).hasSize(2);
			held.close();
			assertThat(spool.upkeep().adopted()).hasSize(3);
			assertThat(content().events()).hasSize(5);
		}
	}

	@Test
	void spoolOfAnotherProcessIsAdoptedWhenThatIsKilled() throws Exception {
		leave(2);
		FileSpool spool = spool();
		List<SpooledEvent> own = store(spool, 4);
		Process process = hold(3);
		assertThat(spool.upkeep().adopted()).isEmpty();
		assertThat(spool.upkeep().adopted()).isEmpty();
		assertThat(content().events()).hasSize(9);
		kill(process);
		assertThat(spool.upkeep().adopted()).hasSize(5).doesNotContainAnyElementsOf(own);
		assertThat(spool.upkeep().adopted()).isEmpty();
		spool.close();
		assertThat(spool().upkeep().adopted()).hasSize(9);
	}

	@Test
	void eachEventIsInOneHandWhoeverComesAndGoes() throws Exception {
		Set<String> delivered = ConcurrentHashMap.newKeySet();
		Set<String> stored = ConcurrentHashMap.newKeySet();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<Future<?>> instances = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			instances.add(threads.submit(() -> runInstance(stored, delivered)));
		}
		for (Future<?> instance : instances) {
			instance.get();
		}
		threads.shutdown();
		FileSpool last = content().spool(this.now::get);
		List<SpooledEvent> left = last.upkeep().adopted();
		assertThat(left).hasSize(content().events().size());
		left.forEach((event) -> deliver(last, event, delivered));
		last.close();
		assertThat(delivered).isEqualTo(stored).hasSize(500);
		assertThat(content().files()).isEmpty();
	}

	/**
	 * Store five events, and deliver every second of what there is.
	 */
	private void runInstance(Set<String> stored, Set<String> delivered) {
		try (FileSpool spool = content().spool(this.now::get)) {
			List<SpooledEvent> events = new ArrayList<>(spool.upkeep().adopted());
			for (int i = 0; i < 5; i++) {
				SpooledEvent event = store(spool, RECORDED_AT, EVENT);
				assertThat(event).isNotNull();
				stored.add(event.idempotencyKey());
				events.add(event);
			}
			for (int i = 0; i < events.size(); i += 2) {
				deliver(spool, events.get(i), delivered);
			}
		}
	}

	private static void deliver(FileSpool spool, SpooledEvent event, Set<String> delivered) {
		assertThat(load(spool, event)).isNotNull();
		assertThat(delivered.add(event.idempotencyKey())).isTrue();
		remove(spool, event);
	}

	private Process hold(int events) throws IOException {
		Path ready = this.temporary.resolve("ready");
		Files.deleteIfExists(ready);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), SpoolHolder.class.getName(),
				directory().toString(), Integer.toString(events), ready.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.temporary.resolve("output").toFile())
			.start();
		Waiting.await().until(() -> {
			assertThat(process.isAlive()).as(() -> SpoolContent.text(this.temporary.resolve("output"))).isTrue();
			return Files.exists(ready);
		});
		return process;
	}

	private static void kill(Process process) throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	private static URL[] classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map((entry) -> {
			try {
				return new File(entry).toURI().toURL();
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException(ex);
			}
		}).toArray(URL[]::new);
	}

}
