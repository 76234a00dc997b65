// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the threads and the log lines of {@link WebClientTransport}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TransportThreadTests extends AbstractTransportTests {

	private static final String TIMER = "llmtrack-timer";

	private final LiveThreads timers = LiveThreads.named(TIMER::equals);

	@Test
	void noThreadOfReactorIsUsed() {
		SharedSchedulers shared = new SharedSchedulers();
		Schedulers.Snapshot before = Schedulers.setFactoryWithSnapshot(shared);
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			WebClientTransport transport = transport(server.url());
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			transport.close();
			assertThat(shared.used).isEmpty();
		}
		finally {
			Schedulers.resetFrom(before);
		}
	}

	@Test
	void timerIsADaemonAndEndsWithTheTransport() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			WebClientTransport transport = transport(server.url());
			resultOf(transport);
			Set<Boolean> daemons = this.timers.started().stream().map(Thread::isDaemon).collect(Collectors.toSet());
			assertThat(daemons).containsExactly(true);
			transport.close();
			this.timers.awaitEnd();
		}
	}

	@Test
	void exchangeThatIsGivenUpLeavesNoStackTraceInTheLog(CapturedOutput output) {
		try (RawServer server = new RawServer((socket) -> {
		})) {
			for (int i = 0; i < 10; i++) {
				assertThat(resultOf(transport(server.url(), SHORT))).isInstanceOf(DeliveryResult.Unavailable.class);
			}
		}
		Waiting.awhile().untilAsserted(() -> assertThat(output).doesNotContain("onErrorDropped"));
	}

	@Test
	void exchangeThatIsUnderWayWhenTheTransportIsClosedComesToAnEnd() {
		try (RawServer server = new RawServer((socket) -> {
		})) {
			WebClientTransport transport = transport(server.url(), Duration.ofMillis(500));
			CompletableFuture<DeliveryResult> result = send(transport);
			transport.close();
			assertThat(result.join()).isInstanceOf(DeliveryResult.Unavailable.class);
			this.timers.awaitEnd();
		}
	}

	/**
	 * Notes which of the schedulers that all share is used.
	 */
	private static final class SharedSchedulers implements Schedulers.Factory {

		private final Set<String> used = ConcurrentHashMap.newKeySet();

		@Override
		public Scheduler newParallel(int parallelism, ThreadFactory threadFactory) {
			this.used.add("parallel");
			return Schedulers.Factory.super.newParallel(parallelism, threadFactory);
		}

		@Override
		public Scheduler newSingle(ThreadFactory threadFactory) {
			this.used.add("single");
			return Schedulers.Factory.super.newSingle(threadFactory);
		}

		@Override
		public Scheduler newBoundedElastic(int threadCap, int queuedTaskCap, ThreadFactory threadFactory,
				int ttlSeconds) {
			this.used.add("boundedElastic");
			return Schedulers.Factory.super.newBoundedElastic(threadCap, queuedTaskCap, threadFactory, ttlSeconds);
		}

	}

}
