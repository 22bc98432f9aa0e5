/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @brief A first scenario of one's own: how long until both ends of a tunnel notice a cut link?
 *
 *      A ============= tunnel ============= B        1.1.1.1, 1.1.1.2
 *      A ------ the link that is cut ------ B        10.0.0.1, 10.0.0.2
 *
 * Both ends of the tunnel run "keepalive 5 4". The link is cut silently, three times, each time at
 * a random instant, and repaired when both ends have had time to notice.
 *
 * Expected output: one line for each cut and end. Every detection time lies in the interval that
 * the closed form gives, 19.990 to 24.990 s with the defaults.
 *
 * Options: --interval=5s --retries=4 --failures=3; --RngRun=N for other random instants.
 * Exit status: 0 if every detection time lies in the interval, 1 if one does not, 2 for bad
 * options. No files are written.
 */

#include "ns3/command-line.h"
#include "ns3/data-rate.h"
#include "ns3/detection-law.h"
#include "ns3/detection-recorder.h"
#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/gre-tunnel-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"

#include <cmath>
#include <iomanip>
#include <iostream>

using namespace ns3;
using namespace ns3::keepalive;

int
main(int argc, char* argv[])
{
    Time interval = Seconds(5);
    uint32_t retries = 4;
    uint32_t failures = 3;
    CommandLine cmd(__FILE__);
    cmd.AddValue("interval", "time between keepalives", interval);
    cmd.AddValue("retries", "unanswered keepalives that bring the line down", retries);
    cmd.AddValue("failures", "how often the link is cut", failures);
    cmd.Parse(argc, argv);

    // 1. What theory says. A keepalive passes the link twice, in frames of 50 and of 26 bytes, and
    // the cut may catch it until it is back: the crossing time is the whole round trip.
    const DataRate rate("10Mb/s");
    const Time delay = MilliSeconds(5);
    const Time roundTrip =
        delay * 2 + rate.CalculateBytesTxTime(50) + rate.CalculateBytesTxTime(26);
    if (retries == 0 || interval <= roundTrip)
    {
        std::cerr
            << "first-scenario: retries must be 1 or more, the interval above the round trip\n";
        return 2;
    }
    const double crossing = roundTrip.GetSeconds();
    const auto cisco = DetectionLaw::Verdict::AT_NEXT_PROBE;
    const DetectionLaw law(cisco, interval.GetSeconds(), retries, 0, crossing, crossing);

    // 2. The network: two routers and a link.
    NodeContainer nodes(2);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", DataRateValue(rate));
    link.SetChannelAttribute("Delay", TimeValue(delay));
    const NetDeviceContainer wire = link.Install(nodes);
    InternetStackHelper().Install(nodes);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(wire);

    // 3. The tunnel. Fixed streams make a run the same, whatever else is added to the script.
    GreTunnelHelper gre;
    gre.SetKeepalive(interval, retries);
    const auto tunnel = gre.Install(nodes.Get(0), "10.0.0.1", nodes.Get(1), "10.0.0.2");
    gre.AssignStreams(tunnel, 100);
    Ipv4AddressHelper("1.1.1.0", "255.255.255.252").Assign(tunnel);

    // 4. What fails, and when: at a uniformly random instant of each window.
    const Time duration = interval * (retries + 2);         // longer than noticing takes
    const Time period = interval + duration + interval * 2; // window, cut, time to recover
    Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
    injector->AssignStreams(200);
    Ptr<LinkCut> cut = FailureHelper::CutLink(wire.Get(0), wire.Get(1), "A-B");
    injector->ScheduleRandom(cut, Seconds(60), interval, duration, period, failures);

    // 5. Who writes down what failed when, and who noticed when.
    DetectionRecorder recorder;
    recorder.Watch(DynamicCast<KeepaliveNetDevice>(tunnel.Get(0)), "A");
    recorder.Watch(DynamicCast<KeepaliveNetDevice>(tunnel.Get(1)), "B");
    recorder.Watch(injector);

    Simulator::Stop(Seconds(60) + period * failures);
    Simulator::Run();
    recorder.Finish();

    // 6. Does the simulation agree with the theory, but for rounding?
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
