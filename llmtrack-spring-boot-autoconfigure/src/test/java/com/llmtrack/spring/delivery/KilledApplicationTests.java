// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.delivery.spool.SpoolContent;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that events in the spool survive {@code kill -9}. For more rounds, set the system
 * property {@code llmtrack.test.kills}.
 */
@Tag("slow")
class KilledApplicationTests {

	@TempDir
	Path temporary;

	@Test
	void whatIsInTheSpoolIsDeliveredByThoseWhoFollow() throws Exception {
		try (IngestServer server = new IngestServer()) {
			Set<String> left = new HashSet<>();
			for (int round = 1; round <= Integer.getInteger("llmtrack.test.kills", 3); round++) {
				left.addAll(runAndKill(server, "round-" + round));
			}
			Set<String> last = content().keys();
			server.hurry();
			try (SpoolingApplication next = new SpoolingApplication(server.url(), directory().toString())) {
				DeliveryStatistics statistics = next.dispatcher().getStatistics();
				Waiting.await()
					.until(() -> statistics.getAdopted() == last.size() && next.dispatcher().getPending() == 0);
				assertThat(statistics.getDelivered()).isEqualTo(last.size());
			}
			assertThat(content().files()).isEmpty();
			assertThat(server.arrivals()).containsKeys(left.toArray(String[]::new));
			assertTwiceOnlyIfLeft(server, left);
		}
	}

	@Test
	void whoLivesBesideIsNotDisturbed() throws Exception {
		try (IngestServer server = new IngestServer();
				SpoolingApplication living = new SpoolingApplication("http://127.0.0.1:1", directory().toString())) {
			AbstractEventDispatcherTests.record(living.dispatcher(), 50);
			Waiting.await().until(() -> living.dispatcher().getSpooled() == 50);
			Set<String> kept = content().keys();
			Set<String> left = new HashSet<>(runAndKill(server, "killed"));
			assertThat(left.removeAll(kept)).isTrue();
			server.hurry();
			try (SpoolingApplication next = new SpoolingApplication(server.url(), directory().toString())) {
				Waiting.await()
					.until(() -> next.dispatcher().getStatistics().getAdopted() == left.size()
							&& next.dispatcher().getPending() == 0);
			}
			assertThat(server.arrivals()).containsKeys(left.toArray(String[]::new));
			assertTwiceOnlyIfLeft(server, left);
			assertThat(content().keys()).isEqualTo(kept).doesNotContainAnyElementsOf(server.arrivals().keySet());
			assertThat(living.dispatcher().getPending()).isEqualTo(50);
		}
	}

	private static void assertTwiceOnlyIfLeft(IngestServer server, Set<String> left) {
		assertThat(server.keysOfEvents()).allSatisfy((keys) -> assertThat(keys).hasSize(1));
		server.arrivals().forEach((key, times) -> {
			if (times > 1) {
				assertThat(left).contains(key);
			}
		});
	}

	/**
	 * Run an application and kill it at any moment after its first event has arrived.
	 * @return the keys of what it left in the spool
	 */
	private Set<String> runAndKill(IngestServer server, String name) throws IOException, InterruptedException {
		int before = server.arrivals().size();
		Path output = this.temporary.resolve(name);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				SpoolingApplication.class.getName(), server.url(), directory().toString(), name)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			Waiting.await().until(() -> {
				assertThat(process.isAlive()).as(() -> SpoolContent.text(output)).isTrue();
				return server.arrivals().size() > before;
			});
			process.waitFor(ThreadLocalRandom.current().nextInt(500), TimeUnit.MILLISECONDS);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		return content().keys();
	}

	private Path directory() {
		return this.temporary.resolve("spool");
	}

	private SpoolContent content() {
		return new SpoolContent(directory());
	}

}
