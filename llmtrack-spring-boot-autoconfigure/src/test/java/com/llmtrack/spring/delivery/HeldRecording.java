// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmUsageEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event that a thread has begun to record, and goes on with when it is told to.
 */
final class HeldRecording {

	private static final String MODEL = "held";

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private final Thread thread;

	private HeldRecording(EventDispatcher dispatcher) {
		dispatcher.addListener(new DeliveryListener() {

			@Override
			public void recorded(LlmUsageEvent event) {
				if (MODEL.equals(event.model())) {
					hold();
				}
			}

		});
		this.thread = new Thread(() -> dispatcher.record(AbstractEventDispatcherTests.event(MODEL)));
	}

	/**
	 * Begin to record an event, which does not belong to the queue yet.
	 */
	static HeldRecording begin(EventDispatcher dispatcher) {
		HeldRecording recording = new HeldRecording(dispatcher);
		recording.thread.start();
		await(recording.begun);
		return recording;
	}

	private void hold() {
		this.begun.countDown();
		await(this.released);
	}

	/**
	 * Let the thread go on, and wait until it has recorded the event.
	 */
	void end() {
		this.released.countDown();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
