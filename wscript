# SPDX-License-Identifier: GPL-2.0-only
#
# Inside an ns-3 tree up to 3.35, as contrib/keepalive. The lists are those of CMakeLists.txt;
# test/build-lists-test.py checks that.

REQUIRED_BOOST_LIBS = ['program_options']


def required_boost_libs(conf):
    conf.env['REQUIRED_BOOST_LIBS'] += REQUIRED_BOOST_LIBS


def configure(conf):
    # Only some example programs need Boost: without it everything else is still built.
    conf.env['KEEPALIVE_BOOST'] = not conf.missing_boost_libs(
        'keepalive', 'keepalive example programs', REQUIRED_BOOST_LIBS, required=False)


def build(bld):
    module = bld.create_ns3_module('keepalive', [
        'core', 'network', 'internet', 'point-to-point', 'applications', 'traffic-control'])
    module.source = [
        'helper/console-transcript.cc',
        'helper/detection-law.cc',
        'helper/detection-recorder.cc',
        'helper/drop-trace-writer.cc',
        'helper/event-log.cc',
        'helper/failure-helper.cc',
        'helper/gre-scenario-law.cc',
        'helper/gre-scenario.cc',
        'helper/gre-topology.cc',
        'helper/gre-tunnel-helper.cc',
        'helper/poisson-source-helper.cc',
        'helper/results-writer.cc',
        'helper/serial-helper.cc',
        'helper/traffic-monitor.cc',
        'model/control-plane-stall.cc',
        'model/delay-step.cc',
        'model/drop-reason.cc',
        'model/failure-injector.cc',
        'model/failure-target.cc',
        'model/frame-check-sequence.cc',
        'model/gilbert-elliott-error-model.cc',
        'model/gre-header.cc',
        'model/gre-protocol.cc',
        'model/gre-tunnel-device.cc',
        'model/hdlc-header.cc',
        'model/hdlc-net-device.cc',
        'model/hold-timer.cc',
        'model/inner-header.cc',
        'model/interface-shutdown.cc',
        'model/ipv4-line-binder.cc',
        'model/keepalive-net-device.cc',
        'model/keepalive-process.cc',
        'model/line-protocol.cc',
        'model/link-cut.cc',
        'model/loopback-plug.cc',
        'model/missed-reply-counter.cc',
        'model/node-crash.cc',
        'model/outage-error-model.cc',
        'model/outage-history.cc',
        'model/periodic-timer.cc',
        'model/poisson-source.cc',
        'model/probing-net-device.cc',
        'model/run-to-completion.cc',
        'model/sequence-gap-counter.cc',
        'model/serial-channel.cc',
        'model/serial-net-device.cc',
        'model/serial-wire.cc',
        'model/slarp-header.cc',
    ]

    module_test = bld.create_ns3_module_test_library('keepalive')
    module_test.source = [
        'test/detection-law-test.cc',
        'test/detection-recorder-test.cc',
        'test/failure-test.cc',
        'test/gre-header-test.cc',
        'test/gre-keepalive-test.cc',
        'test/gre-scenario-test.cc',
        'test/gre-test-network.cc',
        'test/gre-tunnel-test.cc',
        'test/hold-timer-test.cc',
        'test/keepalive-process-test.cc',
        'test/keepalive-statistics.cc',
        'test/line-binder-test.cc',
        'test/missed-reply-counter-test.cc',
        'test/periodic-timer-test.cc',
    ]

    headers = bld(features='ns3header')
    headers.module = 'keepalive'
    headers.source = [
        'helper/console-transcript.h',
        'helper/detection-law.h',
        'helper/detection-recorder.h',
        'helper/drop-trace-writer.h',
        'helper/event-log.h',
        'helper/failure-helper.h',
        'helper/gre-scenario-config.h',
        'helper/gre-scenario-law.h',
        'helper/gre-scenario.h',
        'helper/gre-topology.h',
        'helper/gre-tunnel-helper.h',
        'helper/poisson-source-helper.h',
        'helper/results-writer.h',
        'helper/serial-helper.h',
        'helper/traffic-monitor.h',
        'model/control-plane-stall.h',
        'model/delay-step.h',
        'model/detection-event.h',
        'model/drop-reason.h',
        'model/failure-injector.h',
        'model/failure-target.h',
        'model/frame-check-sequence.h',
        'model/gilbert-elliott-error-model.h',
        'model/gre-header.h',
        'model/gre-protocol.h',
        'model/gre-tunnel-device.h',
        'model/hdlc-header.h',
        'model/hdlc-net-device.h',
        'model/hold-timer.h',
        'model/inner-header.h',
        'model/interface-shutdown.h',
        'model/ipv4-line-binder.h',
        'model/keepalive-net-device.h',
        'model/keepalive-process.h',
        'model/line-protocol.h',
        'model/link-cut.h',
        'model/link-transition.h',
        'model/loopback-plug.h',
        'model/missed-reply-counter.h',
        'model/node-crash.h',
        'model/ns3-compat.h',
        'model/outage-error-model.h',
        'model/outage-history.h',
        'model/periodic-timer.h',
        'model/poisson-source.h',
        'model/probing-net-device.h',
        'model/run-to-completion.h',
        'model/sequence-gap-counter.h',
        'model/serial-channel.h',
        'model/serial-net-device.h',
        'model/serial-wire.h',
        'model/slarp-header.h',
        'model/wire-direction.h',
    ]

    if bld.env['ENABLE_EXAMPLES']:
        bld.recurse('examples')
