// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.NamedBeanHolder;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.core.NestedExceptionUtils;

/**
 * Supplies the application's DataSource to the spool, when the application is complete:
 * nothing is created earlier than without the spool. If there is none, or if it can't be
 * told which one to use, that is one warning and never an exception, as tests of parts of
 * an application may well be without. From then on, the dispatcher is destroyed before
 * the DataSource is, so that it can still store what is pending.
 */
final class SpoolDataSource implements Supplier<@Nullable DataSource> {

	/**
	 * What depends on the DataSource. Not the dispatcher itself, as beans that record
	 * events depend on that, and would have to be destroyed before the DataSource, too.
	 */
	static final String USER = "llmtrackSpool";

	private static final Log logger = LogFactory.getLog(SpoolDataSource.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final @Nullable String name;

	private final LogOnce once = LogOnce.forever();

	/**
	 * Create a supplier.
	 * @param beanFactory has the DataSource
	 * @param name the name of the bean, or {@code null} for the only or primary one
	 */
	SpoolDataSource(ConfigurableListableBeanFactory beanFactory, @Nullable String name) {
		this.beanFactory = beanFactory;
		this.name = name;
	}

	@Override
	public @Nullable DataSource get() {
		try {
			NamedBeanHolder<DataSource> bean = bean();
			destroyDispatcherBefore(bean.getBeanName());
			return bean.getBeanInstance();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			warn("none of several DataSources is primary", choice());
		}
		catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException ex) {
			warn("there is no DataSource" + ((this.name != null) ? " '" + this.name + "'" : ""), choice());
		}
		catch (BeanCreationNotAllowedException ex) {
			// The context has been closed before it was complete
		}
		catch (RuntimeException | LinkageError ex) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
			warn("its DataSource can't be created (" + cause.getClass().getSimpleName() + ")",
					"To see why, log com.llmtrack.spring at the level debug.");
			logger.debug("The DataSource of the spool can't be created.", ex);
		}
		return null;
	}

	private NamedBeanHolder<DataSource> bean() {
		return (this.name != null)
				? new NamedBeanHolder<>(this.name, this.beanFactory.getBean(this.name, DataSource.class))
				: this.beanFactory.resolveNamedBean(DataSource.class);
	}

	/**
	 * A DataSource of a parent context outlives this one in any case.
	 */
	private void destroyDispatcherBefore(String dataSource) {
		if (this.beanFactory.containsLocalBean(dataSource)
				&& this.beanFactory instanceof DefaultSingletonBeanRegistry singletons) {
			singletons.registerDisposableBean(USER, this::destroyDispatcher);
			singletons.registerDependentBean(dataSource, USER);
		}
	}

	private void destroyDispatcher() {
		if (this.beanFactory.getSingleton(Activation.DISPATCHER_BEAN) instanceof EventDispatcher dispatcher) {
			dispatcher.destroy();
		}
	}

	private String choice() {
		String names = Stream
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, DataSource.class))
			.map((name) -> "'" + name + "'")
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? "Define one, or remove llmtrack.spool.jdbc."
				: "Set llmtrack.spool.jdbc to the name of one of: " + names + ".";
	}

	/**
	 * A context that is stopped and started again asks again.
	 */
	private void warn(String reason, String remedy) {
		if (this.once.isDue("warning")) {
			Spools.warnOfMissingDatabase(reason, remedy);
		}
	}

}
