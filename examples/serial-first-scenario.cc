/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @brief A first scenario with a serial line: how long until both HDLC ends notice a cut?
 *
 *      A ------ serial line, 64 kbit/s ------ B        10.0.0.1, 10.0.0.2
 *
 * Both ends run "keepalive 10" as Cisco IOS does. The line is cut silently, three times, each time
 * at a random instant, and repaired when both ends have had time to notice.
 *
 * Expected output: one line for each cut and end. Every detection time lies in the interval that
 * the closed form gives, 19.983 to 39.983 s with the defaults.
 *
 * Options: --interval=10s --retries=3 --failures=3; --RngRun=N for other random instants.
 * Exit status: 0 if every detection time lies in the interval, 1 if one does not, 2 for bad
 * options. No files are written.
 */

#include "ns3/command-line.h"
#include "ns3/data-rate.h"
#include "ns3/detection-recorder.h"
#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/sequence-gap-law.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"

#include <cmath>
#include <iomanip>
#include <iostream>

using namespace ns3;
using namespace ns3::keepalive;

int
main(int argc, char* argv[])
{
    Time interval = Seconds(10);
    uint32_t retries = 3;
    uint32_t failures = 3;
    CommandLine cmd(__FILE__);
    cmd.AddValue("interval", "time between keepalives", interval);
    cmd.AddValue("retries", "gap in the sequence numbers that brings the line down", retries);
    cmd.AddValue("failures", "how often the line is cut", failures);
    cmd.Parse(argc, argv);

    // 1. What theory says. A keepalive of 24 bytes, its FCS and a flag make 27 bytes on the line.
    const DataRate rate("64kb/s");
    const Time propagation = MilliSeconds(5);
    const Time oneWay = propagation + rate.CalculateBytesTxTime(27);
    if (retries == 0 || interval <= oneWay * 2)
    {
        std::cerr << "serial-first-scenario: retries must be 1 or more, the interval above the "
                     "round trip\n";
        return 2;
    }
    const SequenceGapLaw law(SequenceGapLaw::Rule::IOS,
                             interval.GetSeconds(),
                             retries,
                             0,
                             oneWay.GetSeconds(),
                             SequenceGapLaw::Direction::BOTH);

    // 2. The line. For PPP the TypeId is PppNetDevice, and the law a DetectionLaw.
    NodeContainer nodes(2);
    SerialHelper serial("ns3::keepalive::HdlcNetDevice");
    serial.SetDeviceAttribute("DataRate", DataRateValue(rate));
    serial.SetChannelAttribute("Delay", TimeValue(propagation));
    serial.SetKeepalive(interval, retries);
    const NetDeviceContainer ends = serial.Install(nodes);
    serial.AssignStreams(ends, 100);
    InternetStackHelper().Install(nodes);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.252").Assign(ends);

    // 3. What fails, and when: at a uniformly random instant of each window.
    const Time duration = interval * (retries + 2);         // longer than noticing takes
    const Time period = interval + duration + interval * 3; // window, cut, time to recover
    Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
    injector->AssignStreams(200);
    Ptr<LinkCut> cut = FailureHelper::CutLink(ends.Get(0), ends.Get(1), "A-B");
    injector->ScheduleRandom(cut, interval * 6, interval, duration, period, failures);

    // 4. Who writes down what failed when, and who noticed when.
    DetectionRecorder recorder;
    recorder.Watch(DynamicCast<KeepaliveNetDevice>(ends.Get(0)), "A");
    recorder.Watch(DynamicCast<KeepaliveNetDevice>(ends.Get(1)), "B");
    recorder.Watch(injector);

    Simulator::Stop(interval * 6 + period * failures);
    Simulator::Run();
    recorder.Finish();

    // 5. Does the simulation agree with the theory, but for rounding?
    const double slack = 1e-6;
    int status = 0;
    std::cout << std::fixed << std::setprecision(3);
    for (const auto& row : recorder.GetFailureRows())
    {
        // An end that never noticed took longer than any time.
        const double time = row.detected ? row.GetDetectionTime()->GetSeconds() : INFINITY;
        const bool within = time >= law.GetLower() - slack && time <= law.GetUpper() + slack;
        std::cout << row.target << " cut at " << row.began.GetSeconds()
                  << " s: " << recorder.GetName(row.end) << " noticed after " << time
                  << " s, closed form " << law.GetLower() << " to " << law.GetUpper() << " s"
                  << (within ? "\n" : ": OUTSIDE\n");
        status = within ? status : 1;
    }
    Simulator::Destroy();
    return status;
}
