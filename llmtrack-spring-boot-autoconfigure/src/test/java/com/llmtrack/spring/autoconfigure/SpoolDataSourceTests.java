// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.EventDispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoolDataSource}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpoolDataSourceTests {

	private static final String PROBLEM = "The spool in the database can't be used, because ";

	private final ApplicationContextRunner runner = new ApplicationContextRunner();

	private final DataSource first = new SimpleDriverDataSource();

	private final DataSource second = new SimpleDriverDataSource();

	@Test
	void onlyDataSourceNeedsNoName(CapturedOutput output) {
		this.runner.withBean("first", DataSource.class, () -> this.first)
			.run((context) -> assertThat(dataSource(context, null)).isSameAs(this.first));
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void primaryDataSourceNeedsNoName(CapturedOutput output) {
		this.runner.withBean("first", DataSource.class, () -> this.first)
			.withBean("second", DataSource.class, () -> this.second, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(dataSource(context, null)).isSameAs(this.second));
		assertThat(output).doesNotContain(PROBLEM);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void dataSourceMayBeNamed(boolean otherIsPrimary, CapturedOutput output) {
		this.runner
			.withBean("first", DataSource.class, () -> this.first,
					(definition) -> definition.setPrimary(otherIsPrimary))
			.withBean("second", DataSource.class, () -> this.second)
			.run((context) -> assertThat(dataSource(context, "second")).isSameAs(this.second));
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void dataSourceMayBelongToTheParent(CapturedOutput output) {
		this.runner.withBean("first", DataSource.class, () -> this.first)
			.run((parent) -> this.runner.withParent(parent).run((context) -> {
				assertThat(dataSource(context, null)).isSameAs(this.first);
				assertThat(dataSource(context, "first")).isSameAs(this.first);
			}));
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void oneOfSeveralDataSourcesHasToBeNamed(CapturedOutput output) {
		this.runner.withBean("first", DataSource.class, () -> this.first)
			.withBean("second", DataSource.class, () -> this.second)
			.run((context) -> assertThat(dataSource(context, null)).isNull());
		assertThat(output).contains(PROBLEM + "none of several DataSources is primary. Pending events are kept in "
				+ "memory only. Set llmtrack.spool.jdbc to the name of one of: 'first', 'second'.");
	}

	@Test
	void thereMayBeNoDataSource(CapturedOutput output) {
		this.runner.run((context) -> {
			SpoolDataSource dataSource = new SpoolDataSource(context.getBeanFactory(), null);
			assertThat(dataSource.get()).isNull();
			assertThat(dataSource.get()).isNull();
		});
		assertThat(output).containsOnlyOnce(PROBLEM + "there is no DataSource. Pending events are kept in memory only. "
				+ "Define one, or remove llmtrack.spool.jdbc.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "text" })
	void nameMayBeThatOfNoDataSource(String name, CapturedOutput output) {
		this.runner.withBean("first", DataSource.class, () -> this.first)
			.withBean("text", String.class, () -> "text")
			.run((context) -> assertThat(dataSource(context, name)).isNull());
		assertThat(output).contains(PROBLEM + "there is no DataSource '" + name + "'. Pending events are kept in "
				+ "memory only. Set llmtrack.spool.jdbc to the name of one of: 'first'.");
	}

	@Test
	void dataSourceThatCannotBeCreatedIsAProblemOfItsOwn(CapturedOutput output) {
		this.runner.withBean("first", DataSource.class, () -> {
			throw new IllegalStateException("password=secret");
		}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(dataSource(context, null)).isNull());
		assertThat(output).contains(PROBLEM + "its DataSource can't be created (IllegalStateException).")
			.doesNotContain("secret");
	}

	@Test
	void closedContextHasNoProblem(CapturedOutput output) {
		List<String> found = new ArrayList<>();
		AtomicReference<AssertableApplicationContext> ending = new AtomicReference<>();
		this.runner.withBean("first", DataSource.class, () -> this.first, (definition) -> definition.setLazyInit(true))
			.withBean("last", DisposableBean.class,
					() -> () -> found.add(String.valueOf(dataSource(ending.get(), null))))
			.run(ending::set);
		assertThat(found).containsExactly("null");
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void dataSourceIsNotCreatedBeforeItIsAskedFor() {
		AtomicInteger created = new AtomicInteger();
		this.runner.withBean("first", DataSource.class, () -> {
			created.incrementAndGet();
			return this.first;
		}, (definition) -> definition.setLazyInit(true)).run((context) -> {
			SpoolDataSource dataSource = new SpoolDataSource(context.getBeanFactory(), null);
			assertThat(created).hasValue(0);
			assertThat(dataSource.get()).isSameAs(this.first);
		});
	}

	/**
	 * No earlier than necessary, and no other bean is destroyed earlier or later for it.
	 */
	@Test
	void dispatcherIsDestroyedBeforeTheDataSource(CapturedOutput output) {
		List<String> destroyed = new ArrayList<>();
		this.runner.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=llmtrack-key", "llmtrack.base-url=http://localhost:1",
					"llmtrack.delivery.shutdown-timeout=0s")
			.withBean("recordingBean", RecordingBean.class)
			.withBean("dataSource", ClosingDataSource.class,
					() -> new ClosingDataSource(() -> destroyed.add("DataSource " + dispatcher(output))))
			.withBean("last", DisposableBean.class, () -> () -> destroyed.add("last " + dispatcher(output)))
			.run((context) -> {
				context.getBean(RecordingBean.class).destroyed = () -> destroyed.add("RecordingBean");
				assertThat(dataSource(context, null)).isNotNull();
				context.getBean(EventDispatcher.class).record(LlmUsageEvent.builder().model("a").build());
			});
		assertThat(destroyed).containsExactly("last before the dispatcher", "DataSource after the dispatcher",
				"RecordingBean");
		assertThat(output).containsOnlyOnce("events were not delivered");
	}

	private static String dispatcher(CapturedOutput output) {
		return (output.toString().contains("events were not delivered") ? "after" : "before") + " the dispatcher";
	}

	private static @Nullable DataSource dataSource(AssertableApplicationContext context, @Nullable String name) {
		return new SpoolDataSource(context.getBeanFactory(), name).get();
	}

	static final class RecordingBean implements DisposableBean {

		private Runnable destroyed = () -> {
		};

		RecordingBean(LlmUsageEventSink sink) {
		}

		@Override
		public void destroy() {
			this.destroyed.run();
		}

	}

	static final class ClosingDataSource extends SimpleDriverDataSource implements DisposableBean {

		private final Runnable destroyed;

		ClosingDataSource(Runnable destroyed) {
			this.destroyed = destroyed;
		}

		@Override
		public void destroy() {
			this.destroyed.run();
		}

	}

}
