// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

import com.llmtrack.spring.testsupport.Waiting;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventDispatcher} when many threads record at once into a full queue
 * while the server is down: no thread waits.
 */
@Timeout(60)
class RecordingUnderLoadTests extends AbstractEventDispatcherTests {

	private static final int EVENTS = 200;

	private final AtomicInteger interruptsKept = new AtomicInteger();

	@Test
	void platformThreadsNeverWait() throws InterruptedException {
		EventDispatcher dispatcher = deadEnd();
		Set<String> waits = ConcurrentHashMap.newKeySet();
		List<Thread> callers = callers(64, dispatcher, Thread::new, RecordingUnderLoadTests::spin);
		CountDownLatch done = new CountDownLatch(1);
		Thread watcher = new Thread(() -> {
			while (done.getCount() > 0) {
				callers.forEach((caller) -> whereItWaits(caller, waits));
				LockSupport.parkNanos(100_000);
			}
		});
		callers.forEach(Thread::start);
		watcher.start();
		join(callers);
		done.countDown();
		watcher.join();
		assertThat(waits).isEmpty();
		assertRecorded(dispatcher, 64 * EVENTS);
	}

	private static void whereItWaits(Thread caller, Set<String> waits) {
		Thread.State state = caller.getState();
		if (state == Thread.State.BLOCKED || state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) {
			for (StackTraceElement frame : caller.getStackTrace()) {
				if (frame.getClassName().equals(EventDispatcher.class.getName())) {
					waits.add(state + " below " + frame);
				}
			}
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no virtual threads before")
	void virtualThreadsAreNeverPinned() throws Exception {
		Function<Runnable, Thread> factory = virtualThreads();
		EventDispatcher dispatcher = deadEnd();
		ConcurrentLinkedQueue<RecordedEvent> pinned = new ConcurrentLinkedQueue<>();
		try (RecordingStream stream = new RecordingStream()) {
			stream.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
			stream.onEvent("jdk.VirtualThreadPinned", pinned::add);
			stream.startAsync();
			List<Thread> callers = callers(1_000, dispatcher, factory, RecordingUnderLoadTests::park);
			callers.forEach(Thread::start);
			join(callers);
			stop(stream);
		}
		assertThat(pinned.stream().filter((event) -> event.toString().contains("com.llmtrack"))).isEmpty();
		assertRecorded(dispatcher, 1_000 * EVENTS);
	}

	/**
	 * Stop, after what was recorded until now has arrived; Java 17 has no method for
	 * that.
	 */
	private static void stop(RecordingStream stream) throws ReflectiveOperationException {
		RecordingStream.class.getMethod("stop").invoke(stream);
	}

	/**
	 * Return what starts virtual threads, which Java 17 does not know.
	 */
	private static Function<Runnable, Thread> virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		Method unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
		return (task) -> {
			try {
				return (Thread) unstarted.invoke(builder, task);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	/**
	 * Create a dispatcher that has sent as much as it may, to a server that never
	 * answers, and whose queue is full.
	 */
	private EventDispatcher deadEnd() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, new DeliverySettings(100, MAX_IN_FLIGHT, Duration.ZERO));
		record(dispatcher, 100);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		return dispatcher;
	}

	/**
	 * Create callers, every other of which is interrupted.
	 */
	private List<Thread> callers(int count, EventDispatcher dispatcher, Function<Runnable, Thread> factory,
			Consumer<CountDownLatch> meeting) {
		CountDownLatch ready = new CountDownLatch(count);
		IntConsumer task = (number) -> {
			ready.countDown();
			meeting.accept(ready);
			if (number % 2 == 0) {
				Thread.currentThread().interrupt();
			}
			record(dispatcher, EVENTS);
			if (Thread.currentThread().isInterrupted() == (number % 2 == 0)) {
				this.interruptsKept.incrementAndGet();
			}
		};
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			callers.add(factory.apply(() -> task.accept(number)));
		}
		return callers;
	}

	/**
	 * Wait without being seen waiting.
	 */
	private static void spin(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			Thread.yield();
		}
	}

	/**
	 * Wait without keeping a carrier, which virtual threads that have not started need.
	 */
	private static void park(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void join(List<Thread> callers) throws InterruptedException {
		for (Thread caller : callers) {
			caller.join();
		}
	}

	private void assertRecorded(EventDispatcher dispatcher, int events) {
		assertThat(this.interruptsKept).hasValue(events / EVENTS);
		assertThat(dispatcher.getStatistics().getRecorded()).isEqualTo(100 + events);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(events);
		assertThat(dispatcher.getPending()).isEqualTo(100);
		Waiting.await().untilAsserted(() -> assertThat(this.threads.started()).hasSize(1));
	}

}
