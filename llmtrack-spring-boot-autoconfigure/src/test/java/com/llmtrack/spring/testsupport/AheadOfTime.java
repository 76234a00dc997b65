// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.springframework.aot.AotDetector;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.aot.AotApplicationContextInitializer;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.javapoet.ClassName;
import org.springframework.util.function.ThrowingFunction;

/**
 * An application that was processed ahead of time, as Spring Boot's build plugins do: in
 * the environment of the build, of which only the active profiles are left when it runs.
 * The generated code is compiled and defined beside the classes that it is for, so that
 * all of this happens in one JVM.
 * <p>
 * Classes that CGLIB generates stay in the JVM. That none is generated when the
 * application runs can only be seen in a JVM of its own. A configuration with
 * {@code proxyBeanMethods} can't be processed after it has been used without.
 */
public final class AheadOfTime {

	private static final AtomicInteger applications = new AtomicInteger();

	private final Class<?>[] sources;

	private final String[] profiles;

	private final String initializer;

	private final InMemoryGeneratedFiles files;

	private final RuntimeHints hints;

	private AheadOfTime(Class<?>[] sources, GenericApplicationContext context) {
		this.sources = sources;
		this.profiles = context.getEnvironment().getActiveProfiles();
		this.files = new InMemoryGeneratedFiles();
		// Several applications may have the same beans
		ClassNameGenerator names = new ClassNameGenerator(ClassName.get(AheadOfTime.class),
				"Application" + applications.incrementAndGet());
		DefaultGenerationContext generation = new DefaultGenerationContext(names, this.files);
		ClassName generated = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		this.initializer = generated.canonicalName();
		this.hints = generation.getRuntimeHints();
		GeneratedCode.define(this.files);
	}

	/**
	 * Return whether all applications that may be processed shall be.
	 */
	static boolean isEverywhere() {
		return Boolean.getBoolean("llmtrack.test.processed");
	}

	/**
	 * Process an application without a web server, unless its properties want one.
	 * @param source the configuration of the application
	 * @param properties the properties in the environment of the build
	 * @return the processed application
	 */
	public static AheadOfTime processed(Class<?> source, String... properties) {
		return processed(new Class<?>[] { source }, properties);
	}

	/**
	 * Process an application of several configurations, without a web server, unless its
	 * properties want one.
	 * @param sources the configurations of the application
	 * @param properties the properties in the environment of the build
	 * @return the processed application
	 */
	public static AheadOfTime processed(Class<?>[] sources, String... properties) {
		return processed(() -> prepare(application(sources), properties), sources);
	}

	static AheadOfTime processed(Callable<GenericApplicationContext> prepared, Class<?>... sources) {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try (GenericApplicationContext context = prepared.call()) {
			return new AheadOfTime(sources, context);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
	}

	private static SpringApplication application(Class<?>[] sources) {
		SpringApplication application = new SpringApplication(sources);
		application.setMainApplicationClass(AheadOfTime.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		return application;
	}

	/**
	 * Return a context that is about to be refreshed.
	 */
	private static GenericApplicationContext prepare(SpringApplication application, String... properties) {
		try {
			SpringApplication.withHook((started) -> new SpringApplicationRunListener() {

				@Override
				public void contextLoaded(ConfigurableApplicationContext context) {
					throw new SpringApplication.AbandonedRunException(context);
				}

			}, () -> application.run(arguments(properties)));
			throw new IllegalStateException("Not abandoned");
		}
		catch (SpringApplication.AbandonedRunException ex) {
			return (GenericApplicationContext) Objects.requireNonNull(ex.getApplicationContext());
		}
	}

	private static String[] arguments(String... properties) {
		return Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new);
	}

	/**
	 * Run the application with what was generated, as {@code -Dspring.aot.enabled=true}
	 * does. May be called several times.
	 * @param properties the properties in the environment of the run; it has none of the
	 * build's
	 * @return the context of the application
	 */
	public ConfigurableApplicationContext run(String... properties) {
		return run((initializer) -> {
			SpringApplication application = application(this.sources);
			application.setAdditionalProfiles(this.profiles);
			application.addInitializers(initializer);
			return application.run(arguments(properties));
		});
	}

	<T> T run(ThrowingFunction<AotApplicationContextInitializer<ConfigurableApplicationContext>, T> application) {
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
		try {
			return application.apply(AotApplicationContextInitializer.forInitializerClasses(this.initializer));
		}
		finally {
			SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
		}
	}

	/**
	 * Return what native images are told.
	 */
	public RuntimeHints hints() {
		return this.hints;
	}

	/**
	 * Return everything that was generated.
	 */
	public InMemoryGeneratedFiles files() {
		return this.files;
	}

}
