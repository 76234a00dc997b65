// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks.application;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/**
 * An application with an OpenAI model that it doesn't use. Says in its last line how it
 * started.
 */
@SpringBootApplication
public class SmallestApplication {

	private String toReady = "";

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(SmallestApplication.class, args);
		String report = context.getBean(SmallestApplication.class).report();
		context.close();
		System.out.println(report);
		System.exit(0);
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		long millis = ManagementFactory.getRuntimeMXBean().getUptime();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long collector = ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionTime)
			.sum();
		this.toReady = "\"millisToReady\":%d,\"collectorMillis\":%d,\"mainMillis\":%d,\"mainBytes\":%d".formatted(
				millis, collector, threads.getCurrentThreadCpuTime() / 1_000_000,
				threads.getCurrentThreadAllocatedBytes());
	}

	private String report() {
		long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		System.gc();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return "{%s,\"classes\":%d,\"threads\":%d,\"heapBytes\":%d}".formatted(this.toReady, classes, threads, heap);
	}

}
