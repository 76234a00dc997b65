/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
