// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.concurrent.ExecutorService;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Runs each task under the feature of the thread that handed it over, and propagates
 * nothing else.
 */
final class FeatureExecutorService extends ContextExecutorService<ExecutorService> implements AutoCloseable {

	private static final ContextSnapshotFactory FEATURE = ContextSnapshotFactory.builder()
		.contextRegistry(new ContextRegistry().registerThreadLocalAccessor(new LlmFeatureThreadLocalAccessor()))
		.clearMissing(true)
		.build();

	FeatureExecutorService(ExecutorService delegate) {
		super(delegate, FEATURE::captureAll);
	}

	@Override
	public void close() {
		// Since Java 19 a method of the interface. The common pool overrides it, as the
		// interface's own would wait forever for its end
		if (getExecutorService() instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
