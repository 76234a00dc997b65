// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmFeature;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests where {@link LlmFeature} can be used, and which annotation wins.
 */
class FeatureAnnotationTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedBeans.Methods methods;

	@Autowired
	private AnnotatedBeans.AnnotatedClass annotatedClass;

	@Autowired
	private AnnotatedBeans.Heir heir;

	@Autowired
	private AnnotatedBeans.Implementation implementation;

	@Autowired
	@Qualifier("jdkProxy")
	private AnnotatedBeans.Contract jdkProxy;

	@Autowired
	@Qualifier("lambda")
	private AnnotatedBeans.Contract lambda;

	@Autowired
	private AnnotatedBeans.Handler<Integer> handler;

	@Autowired
	private AnnotatedBeans.Composed composed;

	@Autowired
	private AnnotatedBeans.Outer outer;

	@Autowired
	private AnnotatedBeans.FinalClass finalClass;

	@Autowired
	private AnnotatedBeans.FinalMethod finalMethod;

	@Test
	void methodWithoutAnnotationHasNoFeature() {
		this.methods.plain();
		assertFeatures(NONE);
	}

	@Test
	void annotationOnMethodWinsOverTheOneOnItsClass() {
		this.methods.annotated();
		this.annotatedClass.plain();
		this.annotatedClass.annotated();
		assertFeatures("method", "class", "method");
	}

	@Test
	void nameMayComeFromAProperty() {
		this.methods.fromProperty();
		assertFeatures("from-property");
	}

	@Test
	void annotationsAreInheritedFromTheSuperclass() {
		this.heir.plain();
		this.heir.added();
		this.heir.annotated();
		this.heir.overridden();
		assertFeatures("class", "class", "method", "method-of-superclass");
	}

	@Test
	void annotationsAreInheritedFromTheInterface() {
		this.implementation.byType();
		this.implementation.byMethod();
		this.handler.handle(1);
		assertFeatures("interface", "interface-method", "generic");
	}

	@Test
	void annotationsHoldForAProxyThatHasTheInterfaceOnly() {
		assertThat(AopUtils.isJdkDynamicProxy(this.jdkProxy)).isTrue();
		this.jdkProxy.byType();
		this.jdkProxy.byMethod();
		assertFeatures("interface", "interface-method");
	}

	@Test
	void annotationsHoldForALambda() {
		this.lambda.byType();
		this.lambda.byMethod();
		assertFeatures("interface", "interface-method");
	}

	@Test
	void annotationMayBePartOfAnother() {
		this.composed.plain();
		this.composed.named();
		assertFeatures("support-chat", "named");
	}

	@Test
	void innerCallWinsOverTheOuterOneWhichGoesOnAsBefore() {
		this.outer.askAround();
		assertFeatures("outer", "method", "outer", "outer");
	}

	@Test
	void outerFeatureIsBackAfterAnException() {
		this.outer.askAroundFailure();
		assertFeatures("failing", "outer");
	}

	@Test
	void noFeatureIsLeftAfterAnException() {
		assertThatIllegalStateException().isThrownBy(this.methods::fail);
		this.questions.ask();
		assertFeatures("failing", NONE);
	}

	@Test
	void callOfABeanToItselfStaysUnderTheOuterFeature() {
		this.outer.askItself();
		assertFeatures("outer");
	}

	@Test
	void finalClassAndFinalMethodAreUsedAsTheyAre() {
		assertThat(AopUtils.isAopProxy(this.finalClass)).isFalse();
		assertThat(AopUtils.isAopProxy(this.finalMethod)).isFalse();
		this.finalClass.plain();
		this.finalMethod.annotated();
		assertFeatures(NONE, NONE);
	}

}
